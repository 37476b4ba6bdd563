import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { ComputeDone, ComputeRequest } from '../../src-shared/ipc/compute';
import { App, newProfile } from '../driver/app';

const ROOT = join(import.meta.dirname, '..', '..');
const vectors = JSON.parse(
  readFileSync(join(ROOT, 'src-shared', 'fixtures', 'matrix-mult-v1-vectors.json'), 'utf8'),
) as {
  cases: {
    seed: string;
    matrix_size: number;
    block_height: number;
    result_hash: string;
    k: number;
    proof: string;
  }[];
};

let profile: ReturnType<typeof newProfile>;
let app: App;
let compute: Page;

test.beforeAll(async () => {
  profile = newProfile();
  app = await App.launch(profile.path, ['--software-gpu', '--block-time', '1']);
  compute = await App.windowOf(app.electron, 'app://compute/');
  await app.until('an adapter', ({ compute: { adapter } }) => adapter !== null);
});
test.afterAll(async () => {
  await app.quit();
  profile.dispose();
});

/** Where the app's own worker is. */
function workerScript(): string {
  const names = readdirSync(join(ROOT, 'out', 'renderer', 'assets'));
  return `/assets/${names.find((name) => name.startsWith('worker-'))}`;
}

/** Runs tasks one after another in a worker of the app's own compute page. */
function runAll(requests: Omit<ComputeRequest, 'runId'>[]): Promise<ComputeDone['result'][]> {
  return compute.evaluate(
    async ([script, tasks]) => {
      const running = new Worker(script, { type: 'module' });
      const next = (kind: string) =>
        new Promise<{ message: ComputeDone }>((resolve) => {
          const listen = ({ data }: MessageEvent<{ kind: string; message: ComputeDone }>) => {
            if (data.kind !== kind) return;
            running.removeEventListener('message', listen);
            resolve(data);
          };
          running.addEventListener('message', listen);
        });
      await next('ready');
      const results: ComputeDone['result'][] = [];
      for (const [runId, task] of tasks.entries()) {
        const done = next('done');
        running.postMessage({ kind: 'run', request: { ...task, runId } });
        results.push((await done).message.result);
      }
      running.terminate();
      return results;
    },
    [workerScript(), requests] as const,
  );
}

/** Runs two tasks in one worker; the first is cancelled as soon as it tells of progress. */
function cancelFirst(
  first: Omit<ComputeRequest, 'runId'>,
  second: Omit<ComputeRequest, 'runId'>,
): Promise<ComputeDone['result'][]> {
  return compute.evaluate(
    ([script, tasks]) => {
      const running = new Worker(script, { type: 'module' });
      const results: ComputeDone['result'][] = [];
      return new Promise<ComputeDone['result'][]>((resolve) => {
        const run = () =>
          running.postMessage({ kind: 'run', request: { ...tasks[results.length], runId: results.length } });
        running.addEventListener('message', ({ data }) => {
          if (data.kind === 'ready') run();
          if (data.kind === 'progress' && results.length === 0)
            running.postMessage({ kind: 'cancel', runId: 0 });
          if (data.kind !== 'done') return;
          results.push(data.message.result);
          if (results.length < tasks.length) return run();
          running.terminate();
          resolve(results);
        });
      });
    },
    [workerScript(), [first, second]] as const,
  );
}

const task = (engine: 'webgpu' | 'cpu', matrixSize: number, seed = 'ab'.repeat(32)) => ({
  engine,
  seed,
  matrixSize,
  blockHeight: 7,
  openedRows: 8,
});

for (const size of [1, 16, 100, 513, 1024]) {
  test(`WebGPU and CPU give bit-identical roots and proofs at N = ${size}`, async () => {
    const [gpu, cpu] = await runAll([task('webgpu', size), task('cpu', size)]);
    expect(gpu).toMatchObject({ ok: true, value: { engine: 'webgpu' } });
    expect(cpu).toMatchObject({ ok: true, value: { engine: 'cpu' } });
    if (gpu?.ok !== true || cpu?.ok !== true) return;
    expect(gpu.value.resultHash).toBe(cpu.value.resultHash);
    expect(gpu.value.proof).toBe(cpu.value.proof);
  });
}

test('both engines give the roots and proofs of the reference vectors', async () => {
  const cases = vectors.cases.filter(
    ({ matrix_size, block_height }) => matrix_size <= 600 && Number.isSafeInteger(block_height),
  );
  expect(cases.length).toBeGreaterThan(2);
  for (const engine of ['webgpu', 'cpu'] as const) {
    const results = await runAll(
      cases.map(({ seed, matrix_size: matrixSize, block_height: blockHeight, k: openedRows }) => ({
        engine,
        seed,
        matrixSize,
        blockHeight,
        openedRows,
      })),
    );
    expect(results).toMatchObject(
      cases.map(({ result_hash: resultHash, proof }) => ({ ok: true, value: { resultHash, proof } })),
    );
  }
});

test('the processor shares the large vectors out among all cores', async () => {
  const threads = new Set<string>();
  compute.on('worker', (worker) => {
    if (worker.url().includes('/thread-')) threads.add(`${threads.size} ${worker.url()}`);
  });
  const large = vectors.cases.filter(({ matrix_size }) => matrix_size > 600);
  const results = await runAll(
    large.map(({ seed, matrix_size, block_height: blockHeight, k: openedRows }) => ({
      ...task('cpu', matrix_size, seed),
      blockHeight,
      openedRows,
    })),
  );
  expect(results).toMatchObject(
    large.map(({ result_hash: resultHash, proof }) => ({ ok: true, value: { resultHash, proof } })),
  );
  const cores = await compute.evaluate(() => Math.min(navigator.hardwareConcurrency, 16));
  if (cores > 1) expect(threads.size).toBe(cores);
});

test('a cancelled task ends, and leaves the processor fit for the next', async () => {
  const [cancelled, next] = await cancelFirst(task('cpu', 6000), task('cpu', 64));
  expect(cancelled).toMatchObject({ ok: false, error: { code: 'compute_cancelled' } });
  expect([next]).toEqual([{ ok: true, value: expect.anything() }]);
  const [again] = await runAll([task('cpu', 64)]);
  if (next?.ok === true && again?.ok === true) expect(next.value.resultHash).toBe(again.value.resultHash);
});

test('the compute page is isolated, so that it may share memory', async () => {
  expect(await compute.evaluate(() => crossOriginIsolated && typeof SharedArrayBuffer === 'function')).toBe(
    true,
  );
});
