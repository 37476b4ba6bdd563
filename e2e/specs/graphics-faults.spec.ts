import { expect, type Page, test, type Worker as WorkerDriver } from '@playwright/test';
import type { AppState } from '../../src-shared/state/state';
import { App, firstLane, newProfile } from '../driver/electron/app';
import { ComputeWorker, sabotageShaders } from '../driver/electron/compute-worker';
import { actOn } from '../driver/electron/ui-window';

// Blocks come so slowly that a task that is done again is not stale meanwhile.
const WEBGPU = ['--auto', '--software-gpu', '--engine', 'webgpu', '--block-time', '3'];

let profile: ReturnType<typeof newProfile>;
let app: App;
let page: Page;

test.beforeEach(() => {
  profile = newProfile();
});
test.afterEach(async () => {
  await app?.quit();
  profile.dispose();
});

async function start(...args: string[]): Promise<void> {
  app = await App.launch(profile.path, [...WEBGPU, ...args]);
  page = await App.windowOf(app.electron, 'app://compute/');
}

/** The worker that mines. */
async function miningWorker(): Promise<WorkerDriver> {
  const isMining = (worker: WorkerDriver) => worker.url().includes('/worker-');
  const there = page.workers().find(isMining);
  return there ?? (await page.waitForEvent('worker', isMining));
}

/** Waits until a task is so far that it is being computed on the adapter. */
async function taskInHand(): Promise<string> {
  const {
    tasks: { recent },
  } = await app.until('a task in hand', (now) => {
    const [busy] = now.progress.lanes;
    return !firstLane(now).measuring && busy !== undefined && busy.done > 0.05;
  });
  const planned = recent.find(({ state }) => state === 'planned');
  if (planned === undefined) throw new Error('no task');
  return planned.taskId;
}

/** Waits until a task has reached its end, and tells which engine did it. */
async function endOf(taskId: string) {
  const task = ({ tasks }: AppState) => tasks.recent.find((row) => row.taskId === taskId);
  const snapshot = await app.until(`the end of ${taskId}`, (now) =>
    ['proved', 'abandoned', 'rejected'].includes(task(now)?.state ?? ''),
  );
  const { state, engine } = task(snapshot) ?? {};
  return { state, engine };
}

const provesOn = (engine: 'webgpu' | 'cpu', after: number) =>
  app.until(`a newer result by ${engine}`, ({ tasks: { recent: recentTasks } }) =>
    recentTasks.some((task) => task.engine === engine && task.state === 'proved' && task.createdAtMs > after),
  );

async function gpuProcess(): Promise<number> {
  const metrics = await app.electron.evaluate(({ app }) => app.getAppMetrics());
  const gpu = metrics.find(({ type }) => type === 'GPU');
  if (gpu === undefined) throw new Error('there is no GPU process');
  return gpu.pid;
}

test('the GPU process may be killed in the middle of a task: the processor does it, and the adapter comes back', async () => {
  await start('--matrix-size', '1500');
  const taskId = await taskInHand();
  const killedAt = Date.now();
  process.kill(await gpuProcess(), 'SIGKILL');
  expect(await endOf(taskId)).toEqual({ state: 'proved', engine: 'cpu' });
  const lane = firstLane(await app.state());
  expect(lane.lastFailure?.error).toMatchObject({ code: 'gpu_failed' });
  expect(lane.lastFailure?.error.message).toContain('lost');
  await provesOn('webgpu', killedAt);
  expect((await app.state()).miner.kind).toBe('mining');
});

test('a GPU process that is killed again and again does not end the app, and a window is drawn all the same', async () => {
  app = await App.launch(profile.path, ['--software-gpu', '--block-time', '3']);
  // More often than Chromium puts up with of itself.
  for (let times = 0, last = 0; times < 12; times += 1) {
    let next = last;
    const another = async () => {
      next = await gpuProcess().catch(() => last);
      return next;
    };
    await expect.poll(another).not.toBe(last);
    last = next;
    process.kill(last, 'SIGKILL');
  }
  await app.ask('createKey');
  await app.page.getByTestId('nav-graphics').click();
  await expect(app.page.getByTestId('graphics-engine')).toBeVisible();
  expect(await app.page.screenshot()).not.toHaveLength(0);
});

test('the compute process may crash in the middle of a task: it is said, and the task is done again', async () => {
  await start('--matrix-size', '1500');
  const taskId = await taskInHand();
  const failure = app.until('the failure', (now) => firstLane(now).state === 'failed');
  await actOn(app.electron, 'compute', 'crash');
  const failed = await failure;
  expect(firstLane(failed).error).toMatchObject({ code: 'compute_failed', retryable: true });
  expect(await endOf(taskId)).toEqual({ state: 'proved', engine: 'cpu' });
  const after = await app.until('nothing wrong any more', (now) => firstLane(now).error === null);
  expect(firstLane(after).lastFailure?.error.code).toBe('compute_failed');
  expect(firstLane(after).selfChecksFailed).toBe(0);
});

test('an adapter that goes away is missed by name, and used again once it is back', async () => {
  await start('--matrix-size', '1500');
  const worker = await miningWorker();
  const taskId = await taskInHand();
  await worker.evaluate(() => {
    const request = GPU.prototype.requestAdapter;
    GPU.prototype.requestAdapter = () => Promise.resolve(null);
    Object.assign(globalThis, { plugIn: () => Object.assign(GPU.prototype, { requestAdapter: request }) });
  });
  process.kill(await gpuProcess(), 'SIGKILL');
  expect(await endOf(taskId)).toEqual({ state: 'proved', engine: 'cpu' });
  const without = await app.until(
    'blocked at the graphics card',
    ({ miner }) => miner.kind === 'blocked' && miner.stage === 'gpu',
  );
  expect(firstLane(without)).toMatchObject({ adapter: null, engine: null });
  expect(without.miner).toMatchObject({ error: { code: 'gpu_lost', remedy: 'open_settings' } });
  const pluggedInAt = Date.now();
  await worker.evaluate(() => (globalThis as unknown as { plugIn(): void }).plugIn());
  await provesOn('webgpu', pluggedInAt);
});

test('an adapter that comes late is found by itself', async () => {
  await start('--matrix-size', '64', '--engine', 'cpu');
  const late = await ComputeWorker.open(page, (driver) =>
    driver.evaluate(() => {
      const request = GPU.prototype.requestAdapter;
      GPU.prototype.requestAdapter = () => Promise.resolve(null);
      Object.assign(globalThis, { plugIn: () => Object.assign(GPU.prototype, { requestAdapter: request }) });
    }),
  );
  const measure = () => late.run({ kind: 'measure', sizeClass: 'small' });
  expect(await measure()).toMatchObject({ ok: false, error: { code: 'gpu_lost' } });
  await late.driver.evaluate(() => (globalThis as unknown as { plugIn(): void }).plugIn());
  await expect.poll(async () => (await measure()).ok).toBe(true);
});

test('an adapter without memory for a task leaves it to the processor', async () => {
  await start('--matrix-size', '64');
  await app.until('a first result', ({ tasks: { today } }) => today.proved > 0);
  const worker = await miningWorker();
  await worker.evaluate(() => {
    const create = GPUDevice.prototype.createBuffer;
    GPUDevice.prototype.createBuffer = function (descriptor) {
      // More than the device has: the real error of the real adapter.
      const size = descriptor.size > 1e6 ? this.limits.maxBufferSize : descriptor.size;
      return create.call(this, { ...descriptor, size });
    };
  });
  const changedAt = Date.now();
  await app.ask('updateSettings', { matrixSize: 1500 });
  await provesOn('cpu', changedAt);
  expect(firstLane(await app.state()).lastFailure?.error.code).toBe('gpu_failed');
});

test('shaders that do not compile end the use of the adapter after three tasks, which the processor does', async () => {
  // The processor computes until the adapter's compiler is broken.
  await start('--matrix-size', '64', '--engine', 'cpu');
  await sabotageShaders(await miningWorker(), '@compute', '@compute oops');
  await app.until('a first result', ({ tasks: { today } }) => today.proved > 0);
  await app.ask('updateSettings', { engine: 'webgpu' });
  const lane = firstLane(
    await app.until('the verdict', (now) => firstLane(now).engineReason === 'quarantined'),
  );
  expect(lane).toMatchObject({ engine: 'cpu', kernels: [], selfChecksFailed: 0 });
  expect(lane.lastFailure?.error.code).toBe('gpu_failed');
  expect(lane.selfCheckFailures.map(({ why }) => why)).toEqual(['failed', 'failed', 'failed']);
});

test('three wrong results within an hour end the use of the adapter, also after a restart, until a person asks for it', async () => {
  await start('--matrix-size', '64');
  await app.until('a first result', ({ tasks: { today } }) => today.proved > 0);
  await sabotageShaders(await miningWorker(), '= total7_7;', '= total7_7 + 1;');
  // Another size has its shader compiled anew.
  await app.ask('updateSettings', { matrixSize: 96 });
  const lane = firstLane(
    await app.until('the quarantine', (now) => firstLane(now).quarantinedSinceMs !== null),
  );
  expect(lane).toMatchObject({ engine: 'cpu', engineReason: 'quarantined', selfChecksFailed: 3 });
  expect(lane.selfCheckFailures).toHaveLength(3);
  expect(lane.selfCheckFailures[0]).toMatchObject({ matrixSize: 96, why: 'product' });
  const sinceMs = lane.quarantinedSinceMs ?? 0;
  // Nothing was lost, and nothing wrong was sent.
  await provesOn('cpu', sinceMs);
  const rows = (await app.state()).tasks.recent.filter(({ matrixSize }) => matrixSize === 96);
  expect(rows.every(({ state }) => !['rejected', 'abandoned'].includes(state))).toBe(true);
  await app.quit();

  await start('--matrix-size', '96');
  const again = await app.until('the adapter', (now) => firstLane(now).adapter !== null);
  expect(firstLane(again)).toMatchObject({ engine: 'cpu', quarantinedSinceMs: sinceMs });
  const releasedAt = Date.now();
  await app.ask('releaseAdapter', firstLane(again).id);
  await provesOn('webgpu', releasedAt);
  expect(firstLane(await app.state())).toMatchObject({ quarantinedSinceMs: null, selfCheckFailures: [] });
});
