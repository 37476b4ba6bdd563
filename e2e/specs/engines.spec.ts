import { expect, test } from '@playwright/test';
import { FULL_PACE } from '../../src-shared/ipc/pace';
import {
  BROUGHT_BACK,
  CPU,
  ON_THE_CARD,
  SharedPage,
  task,
  testExactness,
} from '../driver/browser/engine-tests';
import { App, firstLane, newProfile } from '../driver/electron/app';
import { ComputeWorker } from '../driver/electron/compute-worker';

const shared = new SharedPage(async () => {
  const profile = newProfile();
  const app = await App.launch(profile.path, ['--software-gpu', '--block-time', '1']);
  const page = await App.windowOf(app.electron, 'app://compute/');
  await app.until('an adapter', (now) => firstLane(now).adapter !== null);
  return {
    page,
    close: async () => {
      await app.quit();
      profile.dispose();
    },
  };
});

testExactness(shared);

for (const method of [CPU, BROUGHT_BACK, ON_THE_CARD]) {
  test(`a cancelled task ends, and leaves the engine fit for the next: ${JSON.stringify(method)}`, async () => {
    const size = method === CPU ? 6000 : 1500;
    const cancelled = await shared.compute.run(task(method, size), { cancelAtProgress: true });
    expect(cancelled).toMatchObject({ ok: false, error: { code: 'compute_cancelled' } });
    const next = await shared.compute.answer(task(method, 64));
    expect(next.resultHash).toBe((await shared.compute.answer(task(CPU, 64))).resultHash);
  });
}

test('a pace with rests changes nothing about the result, and the rests do not count as work', async () => {
  const fresh = await ComputeWorker.open(shared.page);
  await fresh.setPace({ ...FULL_PACE, dutyPercent: 30 });
  const all = { busyMs: 0, elapsedMs: 0 };
  for (const method of [CPU, BROUGHT_BACK, ON_THE_CARD]) {
    const slow = await fresh.answer(task(method, 520));
    expect(slow.resultHash).toBe((await shared.compute.answer(task(CPU, 520))).resultHash);
    const { busyMs, elapsedMs } = fresh.took;
    expect(busyMs).toBeGreaterThan(0);
    expect(busyMs).toBeLessThanOrEqual(elapsedMs);
    all.busyMs += busyMs;
    all.elapsedMs += elapsedMs;
  }
  // A task of one slice leaves its rest to the next one.
  expect(all.busyMs).toBeLessThan(all.elapsedMs);
});

const LAST_SUM = '= total7_7;';
for (const [what, by] of [
  ['by 1', '+ 1'],
  ['by 2^31 − 1', '+ 2147483647'],
  ['by −(2^31 − 1)', '- 2147483647'],
  ['in its top bit alone', '+ (-2147483647 - 1)'],
] as const) {
  test(`one value of C that is wrong ${what} is caught`, async () => {
    const fresh = await ComputeWorker.open(shared.page);
    await fresh.sabotage(LAST_SUM, `= total7_7 ${by} * select(0, 1, row == 8u && column == 24u);`);
    for (const method of [BROUGHT_BACK, ON_THE_CARD]) {
      const result = await fresh.run(task(method, 64));
      expect(result).toMatchObject({ ok: false, error: { code: 'self_check_failed' } });
    }
  });
}

for (const [what, text, by] of [
  ['generates other matrices', 'stream[id.x * 4u] = a + first;', 'stream[id.x * 4u] = a;'],
  ['hashes a chunk wrongly', 'var state = initialState();', 'var state = initialState(); state[3] ^= 1u;'],
  ['hashes the tree wrongly', 'var previous = 0x01u;', 'var previous = 0x00u;'],
  ['does nothing at all', 'dispatch', ''],
] as const) {
  test(`an adapter that ${what} is caught, though the check of the product passes`, async () => {
    const fresh = await ComputeWorker.open(shared.page);
    if (text === 'dispatch') {
      await fresh.driver.evaluate(() => {
        GPUComputePassEncoder.prototype.dispatchWorkgroups = () => undefined;
      });
    } else await fresh.sabotage(text, by);
    const result = await fresh.run(task(ON_THE_CARD, 600));
    expect(result).toMatchObject({ ok: false, error: { code: 'self_check_failed' } });
  });
}

test('a size that the adapter has no room for is refused with the number that is missing', async () => {
  const fresh = await ComputeWorker.open(shared.page);
  await fresh.driver.evaluate(() => {
    const small = { maxStorageBufferBindingSize: 1 << 20, maxBufferSize: 1 << 20 };
    Object.defineProperty(GPUDevice.prototype, 'limits', { get: () => small });
  });
  for (const method of [BROUGHT_BACK, ON_THE_CARD]) {
    const result = await fresh.run(task(method, 1100));
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'invalid_matrix_size', params: { value: 1100, limit: 1 << 20 } },
    });
  }
});

test('the kernels of the adapter are measured, and each is exact', async () => {
  const { measured, wholeTask } = await shared.compute.answer({ kind: 'measure', sizeClass: 'small' });
  expect(wholeTask, 'whole tasks on a software adapter').toBeNull();
  expect(measured).toEqual([{ name: 'registers', ran: true, exact: true, gops: expect.any(Number) }]);
  expect(measured[0]?.gops).toBeGreaterThan(0);
});

test('whole tasks are measured both ways on an adapter that is no software', async () => {
  const card = await ComputeWorker.open(shared.page, (driver) =>
    driver.evaluate(() => {
      const info = { vendor: 'acme', architecture: 'a1', device: '', description: 'Acme One' };
      Object.defineProperty(GPUAdapter.prototype, 'info', { get: () => info });
    }),
  );
  const { measured, wholeTask } = await card.answer({ kind: 'measure', sizeClass: 'small' });
  expect(measured.map(({ exact }) => exact)).toEqual(measured.map(() => true));
  expect(wholeTask).toEqual({ onAdapterMs: expect.any(Number), productOnlyMs: expect.any(Number) });
});

test('a kernel that is not exact is found out by the measurement', async () => {
  const fresh = await ComputeWorker.open(shared.page);
  await fresh.sabotage(LAST_SUM, '= total7_7 + 1;');
  const { measured } = await fresh.answer({ kind: 'measure', sizeClass: 'small' });
  expect(measured).toEqual([{ name: 'registers', ran: true, exact: false, gops: 0 }]);
});

test('no engine asks for an animation frame, and timers are not throttled though nobody ever sees the page', async () => {
  const fresh = await ComputeWorker.open(shared.page);
  const refuse = () => {
    Object.assign(globalThis, {
      requestAnimationFrame: () => {
        throw new Error('asked for a frame');
      },
    });
  };
  await fresh.driver.evaluate(refuse);
  await shared.page.evaluate(refuse);
  for (const method of [CPU, BROUGHT_BACK, ON_THE_CARD]) await fresh.answer(task(method, 64));
  const ticks = await shared.page.evaluate(async () => {
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    let count = 0;
    const ends = wait(900).then(() => true);
    while (!(await Promise.race([ends, wait(1).then(() => false)]))) count += 1;
    return count;
  });
  // A throttled page's timers fire once a second.
  expect(ticks).toBeGreaterThan(20);
});

test('the compute page is isolated, so that it may share memory', async () => {
  expect(
    await shared.page.evaluate(() => crossOriginIsolated && typeof SharedArrayBuffer === 'function'),
  ).toBe(true);
});
