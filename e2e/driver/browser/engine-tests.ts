import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import fc from 'fast-check';
import type { Method, TaskJob } from '../../../src-shared/ipc/compute';
import { KERNEL_NAMES } from '../../../src-shared/ipc/kernel-choice';
import { FULL_PACE } from '../../../src-shared/ipc/pace';
import type { CommitmentKind } from '../../../src-shared/matrix-mult/commitment';
import { operandsSeed } from '../../../src-shared/matrix-mult/seed';
import { type Shape, squareShape } from '../../../src-shared/matrix-mult/shape';
import { ComputeWorker } from '../electron/compute-worker';

const ROOT = join(import.meta.dirname, '..', '..', '..');
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

export const CPU: Method = { engine: 'cpu' };
const gpu = (kernel: (typeof KERNEL_NAMES)[number], wholeTask: boolean): Method => ({
  engine: 'webgpu',
  kernel,
  wholeTask,
});
export const BROUGHT_BACK = gpu('registers', false);
export const ON_THE_CARD = gpu('registers', true);

export const task = (
  method: Method,
  matrixSize: number,
  seed = 'ab'.repeat(32),
): TaskJob & { kind: 'task' } => ({
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

/** A compute page for tests of the engines: the app's own, wherever it is open. */
export type ComputePage = { readonly page: Page; readonly close: () => Promise<void> };

/** The compute page that the tests of a file share, and a worker in it. */
export class SharedPage {
  #opened: ComputePage | null = null;
  #compute: ComputeWorker | null = null;

  /** Has the page opened before the tests and closed after them. */
  constructor(open: () => Promise<ComputePage>) {
    test.beforeAll(async () => {
      this.#opened = await open();
      this.#compute = await ComputeWorker.open(this.page);
    });
    test.afterAll(() => this.#opened?.close());
  }

  get page(): Page {
    if (this.#opened === null) throw new Error('the page is open in tests alone');
    return this.#opened.page;
  }

  get compute(): ComputeWorker {
    if (this.#compute === null) throw new Error('the worker is there in tests alone');
    return this.#compute;
  }
}

/** That each kernel and the processor are exact: by all vectors, and by sizes and seeds that nobody chose. */
export function testExactness(shared: SharedPage): void {
  /** Both ways must end in the same root and the same proof, to the bit. */
  async function expectSame(method: Method, size: number, seed?: string): Promise<void> {
    const [other, cpu] = [
      await shared.compute.answer(task(method, size, seed)),
      await shared.compute.answer(task(CPU, size, seed)),
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
    const together = await Promise.all(wanted.map((one) => shared.compute.answer(one)));
    for (const [index, one] of wanted.entries()) {
      const { resultHash, proof } = await shared.compute.answer({ ...one, method: CPU });
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
      for (const {
        seed,
        matrix_size,
        block_height: blockHeight,
        k: openedRows,
        result_hash,
        proof,
      } of cases) {
        const outcome = await shared.compute.answer({
          ...task(method, matrix_size, seed),
          blockHeight,
          openedRows,
        });
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
        const outcome = await shared.compute.answer(job);
        expect(outcome).toMatchObject({ resultHash: result_hash, proof });
        if (output === null) expect(outcome.product).toBeNull();
        else expect(outcome.product?.buffer).toEqual(new Uint8Array(Buffer.from(output, 'base64')).buffer);
      }
    });
  }

  test('the processor shares the large vectors out among all cores, or as many as it may use', async () => {
    const threads = new Set<string>();
    shared.page.on('worker', (worker) => {
      if (worker.url().includes('/thread-')) threads.add(`${threads.size} ${worker.url()}`);
    });
    const fresh = await ComputeWorker.open(shared.page);
    const large = vectors.cases.filter(({ matrix_size }) => matrix_size > 600);
    for (const { seed, matrix_size, block_height: blockHeight, k: openedRows, result_hash, proof } of large) {
      const outcome = await fresh.answer({ ...task(CPU, matrix_size, seed), blockHeight, openedRows });
      expect(outcome).toMatchObject({ resultHash: result_hash, proof });
    }
    const cores = await shared.page.evaluate(() => Math.min(navigator.hardwareConcurrency, 16));
    if (cores > 1) expect(threads.size).toBe(cores);
    const { resultHash } = await fresh.answer(task(CPU, 700));
    threads.clear();
    await fresh.setPace({ ...FULL_PACE, threads: 1 });
    expect(await fresh.answer(task(CPU, 700))).toMatchObject({ resultHash });
    expect(threads.size).toBe(0);
  });
}
