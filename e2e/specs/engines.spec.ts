import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import fc from 'fast-check';
import type { Method, TaskJob } from '../../src-shared/ipc/compute';
import { KERNEL_NAMES } from '../../src-shared/ipc/kernel-choice';
import { FULL_PACE } from '../../src-shared/ipc/pace';
import type { CommitmentKind } from '../../src-shared/matrix-mult/commitment';
import { operandsSeed } from '../../src-shared/matrix-mult/seed';
import { type Shape, squareShape } from '../../src-shared/matrix-mult/shape';
import { App, firstLane, newProfile } from '../driver/electron/app';
import { ComputeWorker } from '../driver/electron/compute-worker';

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

const given = JSON.parse(
  readFileSync(join(ROOT, 'src-shared', 'fixtures', 'poc-job-vectors.json'), 'utf8'),
) as {
  given: {
    payload: Shape & { a: string; b: string; commitment: CommitmentKind };
    result_hash: string;
    proof: string | null;
    output: string | null;
  }[];
};
const givenCases = given.given.map(({ payload, ...answer }) => ({ ...payload, ...answer }));

const CPU: Method = { engine: 'cpu' };
const gpu = (kernel: (typeof KERNEL_NAMES)[number], wholeTask: boolean): Method => ({
  engine: 'webgpu',
  kernel,
  wholeTask,
});
const BROUGHT_BACK = gpu('registers', false);
const ON_THE_CARD = gpu('registers', true);

let profile: ReturnType<typeof newProfile>;
let app: App;
let page: Page;
let compute: ComputeWorker;

test.beforeAll(async () => {
  profile = newProfile();
  app = await App.launch(profile.path, ['--software-gpu', '--block-time', '1']);
  page = await App.windowOf(app.electron, 'app://compute/');
  await app.until('an adapter', (now) => firstLane(now).adapter !== null);
  compute = await ComputeWorker.open(page);
});
test.afterAll(async () => {
  await app.quit();
  profile.dispose();
});

const task = (method: Method, matrixSize: number, seed = 'ab'.repeat(32)): TaskJob & { kind: 'task' } => ({
  kind: 'task',
  method,
  shape: squareShape(matrixSize),
  operands: { kind: 'drawn', seed: new Uint8Array(Buffer.from(seed, 'hex')) },
  commitment: 'merkle',
  blockHeight: 7,
  openedRows: 8,
  wantsProduct: false,
});

/** Sizes and seeds nobody chose. A failure prints them. */
function drawn(largest: number, count: number): { size: number; seed: string }[] {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
  return fc
    .sample(fc.tuple(fc.integer({ min: 1, max: largest }), bytes), count)
    .map(([size, seed]) => ({ size, seed: Buffer.from(seed).toString('hex') }));
}

/** Both ways must end in the same root and the same proof, to the bit. */
async function expectSame(method: Method, size: number, seed?: string): Promise<void> {
  const [other, cpu] = [
    await compute.answer(task(method, size, seed)),
    await compute.answer(task(CPU, size, seed)),
  ];
  const { resultHash, proof } = cpu;
  expect({ size, seed, resultHash: other.resultHash, proof: other.proof }).toEqual({
    size,
    seed,
    resultHash,
    proof,
  });
  expect(other.engine).toBe('webgpu');
}

for (const [name, method] of [
  ['C brought back', BROUGHT_BACK],
  ['the whole task on the adapter', ON_THE_CARD],
] as const) {
  test(`WebGPU with ${name} and the CPU give bit-identical roots and proofs, whatever the size and the seed`, async () => {
    for (const size of [1, 2, 3, 4, 31, 256, 257, 513, 1100]) await expectSame(method, size);
    for (const { size, seed } of drawn(600, 8)) await expectSame(method, size, seed);
  });
}

test('tasks that come while others are in hand get their turn, each on its own engine', async () => {
  const wanted = drawn(100, 3).flatMap(({ size, seed }) =>
    [ON_THE_CARD, BROUGHT_BACK, CPU].map((method) => task(method, size, seed)),
  );
  const together = await Promise.all(wanted.map((one) => compute.answer(one)));
  for (const [index, one] of wanted.entries()) {
    const { resultHash, proof } = await compute.answer({ ...one, method: CPU });
    expect(together[index]).toMatchObject({ resultHash, proof, engine: one.method.engine });
  }
});

for (const kernel of KERNEL_NAMES.filter((name) => name !== 'registers')) {
  // They take seconds to compile on a software adapter, so the sizes are few.
  test(`the ${kernel} kernel and the CPU give bit-identical roots and proofs`, async () => {
    for (const size of [1, 70, 1030]) await expectSame(gpu(kernel, false), size);
    for (const { size, seed } of drawn(300, 2)) await expectSame(gpu(kernel, true), size, seed);
  });
}

for (const [name, method] of [
  ['the CPU', CPU],
  ['WebGPU, C brought back', BROUGHT_BACK],
  ['WebGPU, the whole task on the adapter', ON_THE_CARD],
] as const) {
  test(`${name} gives the roots and proofs of the reference vectors`, async () => {
    const cases = vectors.cases.filter(
      ({ matrix_size, block_height }) => matrix_size <= 1100 && Number.isSafeInteger(block_height),
    );
    expect(cases.length).toBeGreaterThan(3);
    for (const { seed, matrix_size, block_height: blockHeight, k: openedRows, result_hash, proof } of cases) {
      const outcome = await compute.answer({ ...task(method, matrix_size, seed), blockHeight, openedRows });
      expect(outcome).toMatchObject({ resultHash: result_hash, proof });
    }
  });
}

for (const [name, method] of [
  ['the CPU', CPU],
  ['WebGPU, C brought back', BROUGHT_BACK],
  ['WebGPU, the whole task on the adapter', ON_THE_CARD],
] as const) {
  test(`${name} gives the roots, proofs and products of the vectors of given matrices`, async () => {
    for (const { rows, inner, columns, a, b, commitment, result_hash, proof, output } of givenCases) {
      const [left, right] = [a, b].map((text) => new Int8Array(Buffer.from(text, 'base64')));
      if (left === undefined || right === undefined) throw new Error('no matrices');
      const shape = { rows, inner, columns };
      const job: TaskJob & { kind: 'task' } = {
        kind: 'task',
        method,
        shape,
        operands: { kind: 'given', seed: operandsSeed(shape, left, right), a: left, b: right },
        commitment,
        blockHeight: 0,
        openedRows: 8,
        wantsProduct: output !== null,
      };
      const outcome = await compute.answer(job);
      expect(outcome).toMatchObject({ resultHash: result_hash, proof });
      if (output === null) expect(outcome.product).toBeNull();
      else expect(outcome.product?.buffer).toEqual(new Uint8Array(Buffer.from(output, 'base64')).buffer);
    }
  });
}

test('the processor shares the large vectors out among all cores, or as many as it may use', async () => {
  const threads = new Set<string>();
  page.on('worker', (worker) => {
    if (worker.url().includes('/thread-')) threads.add(`${threads.size} ${worker.url()}`);
  });
  const fresh = await ComputeWorker.open(page);
  const large = vectors.cases.filter(({ matrix_size }) => matrix_size > 600);
  for (const { seed, matrix_size, block_height: blockHeight, k: openedRows, result_hash, proof } of large) {
    const outcome = await fresh.answer({ ...task(CPU, matrix_size, seed), blockHeight, openedRows });
    expect(outcome).toMatchObject({ resultHash: result_hash, proof });
  }
  const cores = await page.evaluate(() => Math.min(navigator.hardwareConcurrency, 16));
  if (cores > 1) expect(threads.size).toBe(cores);
  const { resultHash } = await fresh.answer(task(CPU, 700));
  threads.clear();
  await fresh.setPace({ ...FULL_PACE, threads: 1 });
  expect(await fresh.answer(task(CPU, 700))).toMatchObject({ resultHash });
  expect(threads.size).toBe(0);
});

for (const method of [CPU, BROUGHT_BACK, ON_THE_CARD]) {
  test(`a cancelled task ends, and leaves the engine fit for the next: ${JSON.stringify(method)}`, async () => {
    const size = method === CPU ? 6000 : 1500;
    const cancelled = await compute.run(task(method, size), { cancelAtProgress: true });
    expect(cancelled).toMatchObject({ ok: false, error: { code: 'compute_cancelled' } });
    const next = await compute.answer(task(method, 64));
    expect(next.resultHash).toBe((await compute.answer(task(CPU, 64))).resultHash);
  });
}

test('a pace with rests changes nothing about the result, and the rests do not count as work', async () => {
  const fresh = await ComputeWorker.open(page);
  await fresh.setPace({ ...FULL_PACE, dutyPercent: 30 });
  const all = { busyMs: 0, elapsedMs: 0 };
  for (const method of [CPU, BROUGHT_BACK, ON_THE_CARD]) {
    const slow = await fresh.answer(task(method, 520));
    expect(slow.resultHash).toBe((await compute.answer(task(CPU, 520))).resultHash);
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
    const fresh = await ComputeWorker.open(page);
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
    const fresh = await ComputeWorker.open(page);
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
  const fresh = await ComputeWorker.open(page);
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
  const { measured, wholeTask } = await compute.answer({ kind: 'measure', sizeClass: 'small' });
  expect(wholeTask, 'whole tasks on a software adapter').toBeNull();
  expect(measured).toEqual([{ name: 'registers', ran: true, exact: true, gops: expect.any(Number) }]);
  expect(measured[0]?.gops).toBeGreaterThan(0);
});

test('whole tasks are measured both ways on an adapter that is no software', async () => {
  const card = await ComputeWorker.open(page, (driver) =>
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
  const fresh = await ComputeWorker.open(page);
  await fresh.sabotage(LAST_SUM, '= total7_7 + 1;');
  const { measured } = await fresh.answer({ kind: 'measure', sizeClass: 'small' });
  expect(measured).toEqual([{ name: 'registers', ran: true, exact: false, gops: 0 }]);
});

test('the compute page is isolated, so that it may share memory', async () => {
  expect(await page.evaluate(() => crossOriginIsolated && typeof SharedArrayBuffer === 'function')).toBe(
    true,
  );
});

test('no engine asks for an animation frame, and timers are not throttled though nobody ever sees the page', async () => {
  const fresh = await ComputeWorker.open(page);
  const refuse = () => {
    Object.assign(globalThis, {
      requestAnimationFrame: () => {
        throw new Error('asked for a frame');
      },
    });
  };
  await fresh.driver.evaluate(refuse);
  await page.evaluate(refuse);
  for (const method of [CPU, BROUGHT_BACK, ON_THE_CARD]) await fresh.answer(task(method, 64));
  const ticks = await page.evaluate(async () => {
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    let count = 0;
    const ends = wait(900).then(() => true);
    while (!(await Promise.race([ends, wait(1).then(() => false)]))) count += 1;
    return count;
  });
  // A throttled page's timers fire once a second.
  expect(ticks).toBeGreaterThan(20);
});
