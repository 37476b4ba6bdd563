import { chacha20 } from '@noble/ciphers/chacha.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { iterated } from '../../src-main/compute/iterated';
import vectors from '../../src-shared/fixtures/matrix-mult-v1-vectors.json';
import jobVectors from '../../src-shared/fixtures/poc-job-vectors.json';
import { FULL_PACE } from '../../src-shared/ipc/pace';
import { int32Bytes } from '../../src-shared/matrix-mult/bytes';
import { type CommitmentKind, commit } from '../../src-shared/matrix-mult/commitment';
import { matrixA, matrixBTransposed } from '../../src-shared/matrix-mult/matrices';
import { rowMultiplier } from '../../src-shared/matrix-mult/product';
import { encodeProof, openedRows } from '../../src-shared/matrix-mult/proof';
import { operandsSeed } from '../../src-shared/matrix-mult/seed';
import { type Shape, squareShape } from '../../src-shared/matrix-mult/shape';
import { CpuEngine } from './cpu-engine';
import { Pacer, SHORTEST_REST_MS } from './pacer';
import { runTask } from './run-task';
import { drawnTask, givenTask, type Task, type TaskOptions } from './task-engine';
import { transpose } from './transpose';

const engine = await CpuEngine.open({ threads: 1 });
const options: TaskOptions = { signal: new AbortController().signal, onProgress: () => undefined };

const task = (seed: Uint8Array, n: number) => drawnTask(seed, squareShape(n));
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
const sizes = fc.integer({ min: 1, max: 80 });

/** The product by the reference in plain JavaScript. */
function referenceProduct(seed: Uint8Array, n: number): Int32Array {
  const a = matrixA(seed, n);
  const multiply = rowMultiplier(matrixBTransposed(seed, n), n);
  const c = new Int32Array(n * n);
  for (let row = 0; row < n; row++) c.set(multiply(a.subarray(row * n, (row + 1) * n)), row * n);
  return c;
}

/** A task with matrices of its own, whose product is wanted. */
function given(shape: Shape, a: Int8Array, b: Int8Array): Task {
  return givenTask(shape, { seed: operandsSeed(shape, a, b), a, b }, true);
}

/** The product of given matrices by the reference. */
function productOf({ rows, inner, columns }: Shape, a: Int8Array, b: Int8Array): Int32Array {
  const bTransposed = new Int8Array(columns * inner);
  transpose(b, inner, columns, bTransposed);
  const multiply = rowMultiplier(bTransposed, columns);
  const c = new Int32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    c.set(multiply(a.subarray(row * inner, (row + 1) * inner)), row * columns);
  return c;
}

describe('the CPU engine', () => {
  it.each(vectors.cases.filter(({ matrix_size }) => matrix_size <= 1024))(
    'gives the root and the proof of the reference vector of size $matrix_size',
    async (vector) => {
      const { matrix_size, block_height: blockHeight, k: openedRows } = vector;
      const operands = { kind: 'drawn', seed: hexToBytes(vector.seed) } as const;
      const shape = squareShape(matrix_size);
      const commitment = 'merkle';
      const request = { shape, operands, commitment, blockHeight, openedRows, wantsProduct: false } as const;
      const outcome = await runTask(request, engine, options);
      expect(outcome).toMatchObject({ resultHash: vector.result_hash, proof: vector.proof, engine: 'cpu' });
    },
  );

  it('gives the root and the paths of the reference, whatever the size and the seed', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, sizes, async (seed, n) => {
        const { commitment } = await engine.compute(task(seed, n), options);
        const expected = commit(referenceProduct(seed, n), n, seed);
        const header = { opened: 8, matrixSize: n, blockHeight: 3 };
        expect(commitment.root).toEqual(expected.root);
        expect(encodeProof(commitment, seed, header)).toBe(encodeProof(expected, seed, header));
      }),
    );
  });

  it('hands the reference’s matrices to another engine, and takes its product', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, sizes, async (seed, n) => {
        const c = referenceProduct(seed, n);
        const other = engine.withProduct({
          name: 'webgpu',
          multiply: async ({ a, bTransposed }) => {
            expect(Int8Array.from(a)).toEqual(matrixA(seed, n));
            expect(Int8Array.from(bTransposed)).toEqual(matrixBTransposed(seed, n));
            return c;
          },
        });
        expect(other.name).toBe('webgpu');
        const { commitment } = await other.compute(task(seed, n), options);
        expect(commitment.root).toEqual(commit(c, n, seed).root);
      }),
    );
  });

  it('recomputes the rows an audit asks for, in any order and more than once', async () => {
    await fc.assert(
      fc.asyncProperty(
        seeds,
        sizes,
        fc.array(fc.nat(), { minLength: 1, maxLength: 20 }),
        async (seed, n, picks) => {
          const rows = picks.map((pick) => pick % n);
          const expected = commit(referenceProduct(seed, n), n, seed).rowDigests;
          const digests = await engine.rowDigests(task(seed, n), rows, options);
          expect(digests).toEqual(rows.map((row) => expected[row]));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('works on sizes just over what one pass, block or chunk holds', async () => {
    for (const n of [97, 193, 257, 1026]) {
      const seed = new Uint8Array(32).fill(n);
      const { commitment } = await engine.compute(task(seed, n), options);
      const rows = openedRows(commitment.root, seed, 3, n);
      const c = referenceProduct(seed, n);
      expect(commitment.root).toEqual(commit(c, n, seed).root);
      expect(await engine.rowDigests(task(seed, n), rows, options)).toEqual(
        rows.map((row) => commit(c, n, seed).rowDigests[row]),
      );
    }
  });
});

describe('the CPU engine on matrices of any shape', () => {
  const fromBase64 = (text: string) => new Int8Array(base64.decode(text).buffer);

  it.each(jobVectors.synthetic)(
    'gives hash and proof of the reference for a synthetic job: $payload.matrix_size, $payload.iterations times, $payload.commitment',
    async ({ payload: { seed, matrix_size, iterations, commitment }, result_hash, proof }) => {
      const work = {
        shape: squareShape(matrix_size),
        operands: { kind: 'drawn', seed: hexToBytes(seed) },
        iterations,
        commitment: commitment as CommitmentKind,
        blockHeight: 0,
        openedRows: 8,
        wantsProduct: false,
      } as const;
      const outcome = await iterated(work, (task) => runTask(task, engine, options));
      expect(outcome).toMatchObject({ resultHash: result_hash, proof });
    },
  );

  it.each(jobVectors.given)(
    'gives hash, proof and product of the reference for a job of given matrices: $payload.rows × $payload.inner × $payload.columns, $payload.commitment',
    async ({ payload, seed, result_hash, proof, output }) => {
      const { rows, inner, columns, a, b } = payload;
      const outcome = await runTask(
        {
          shape: { rows, inner, columns },
          operands: { kind: 'given', seed: hexToBytes(seed), a: fromBase64(a), b: fromBase64(b) },
          commitment: payload.commitment as CommitmentKind,
          blockHeight: 0,
          openedRows: 8,
          wantsProduct: output !== null,
        },
        engine,
        options,
      );
      expect(outcome).toMatchObject({ resultHash: result_hash, proof });
      const { product } = outcome;
      expect(product && base64.encode(int32Bytes(product))).toBe(output);
    },
  );

  it.each(jobVectors.given.filter(({ payload }) => payload.commitment === 'merkle'))(
    'gives seed, root, proof and product of the reference for given matrices: $payload.rows × $payload.inner × $payload.columns',
    async ({ payload, seed, result_hash, proof, output }) => {
      const { rows, inner, columns, a, b } = payload;
      const task = given({ rows, inner, columns }, fromBase64(a), fromBase64(b));
      const { commitment, product } = await engine.compute(task, options);
      expect(bytesToHex(task.seed)).toBe(seed);
      expect(bytesToHex(commitment.root)).toBe(result_hash);
      const header = { opened: 8, matrixSize: rows, blockHeight: 0 };
      expect(encodeProof(commitment, task.seed, header)).toBe(proof);
      expect(product).toHaveLength(rows * columns);
      if (output !== null) expect(base64.encode(int32Bytes(product ?? new Int32Array()))).toBe(output);
    },
  );

  it('gives the product, the root and the rows of the reference, whatever the shape and the matrices', async () => {
    const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 200, max: 560 }));
    await fc.assert(
      fc.asyncProperty(size, size, size, seeds, async (rows, inner, columns, seed) => {
        const shape = { rows, inner, columns };
        const operand = (length: number, nonce: number) =>
          new Int8Array(chacha20(seed, new Uint8Array(12).fill(nonce), new Uint8Array(length)).buffer);
        const [a, b] = [operand(rows * inner, 1), operand(inner * columns, 2)];
        const task = given(shape, a, b);
        const { commitment, product } = await engine.compute(task, options);
        const expected = productOf(shape, a, b);
        expect(product).toEqual(expected);
        const reference = commit(expected, columns, task.seed, rows);
        expect(commitment.root).toEqual(reference.root);
        const last = await engine.rowDigests(task, [rows - 1, 0], options);
        expect(last).toEqual([reference.rowDigests[rows - 1], reference.rowDigests[0]]);
      }),
      { numRuns: 25 },
    );
  });

  it('is exact where every sum is the largest there is', async () => {
    const [rows, inner, columns] = [258, 1000, 259];
    const fill = (length: number) => new Int8Array(length).fill(-128);
    const task = given({ rows, inner, columns }, fill(rows * inner), fill(inner * columns));
    const { product } = await engine.compute(task, options);
    expect(product?.every((value) => value === inner * 2 ** 14)).toBe(true);
  });

  it('checks a product against its inner size: a value beyond it is out of range', async () => {
    const shape = { rows: 4, inner: 2, columns: 300 };
    const multiply = async () => new Int32Array(1200).fill(2 * 2 ** 14 + 1);
    const other = engine.withProduct({ name: 'webgpu', multiply });
    await expect(other.compute(given(shape, new Int8Array(8), new Int8Array(600)), options)).rejects.toThrow(
      'range',
    );
  });
});

describe('the self-check', () => {
  const wrongAt = async (n: number, seed: Uint8Array, index: number, change: (value: number) => number) => {
    const c = referenceProduct(seed, n);
    c[index] = change(c[index] ?? 0);
    const multiply = async () => c;
    return engine.withProduct({ name: 'webgpu', multiply }).compute(task(seed, n), options);
  };
  const P = 2 ** 31 - 1;
  const changes: readonly (readonly [string, (value: number) => number])[] = [
    ['one more', (value) => value + 1],
    ['one less', (value) => value - 1],
    ['2^31 − 1 away, which is the same mod p', (value) => (value < 0 ? value + P : value - P)],
    ['its top bit flipped', (value) => value ^ (1 << 31)],
    ['zero', (value) => (value === 0 ? 7 : 0)],
    ['the least int32', () => -(2 ** 31)],
  ];

  it.each(changes)('refuses a product with a single value that is %s', async (_, change) => {
    await fc.assert(
      fc.asyncProperty(seeds, sizes, fc.nat(), async (seed, n, pick) => {
        await expect(wrongAt(n, seed, pick % (n * n), change)).rejects.toMatchObject({
          code: 'self_check_failed',
        });
      }),
      { numRuns: 40 },
    );
  });

  it('says whether a value is out of range or not the product', async () => {
    const seed = new Uint8Array(32).fill(5);
    await expect(wrongAt(9, seed, 80, () => 9 * 2 ** 14 + 1)).rejects.toThrow('range');
    await expect(wrongAt(9, seed, 80, (value) => value + 1)).rejects.toThrow('(product)');
  });

  it('catches a value changed anywhere in a large product', async () => {
    const n = 700;
    const seed = new Uint8Array(32).fill(9);
    for (const index of [0, n - 1, n, n * n - 1, 1234])
      await expect(wrongAt(n, seed, index, (value) => value + 1)).rejects.toThrow('(product)');
  });
});

describe('a task under way', () => {
  it('ends with the signal’s reason soon after it fires, and leaves the engine fit for the next', async () => {
    const abort = new AbortController();
    const large = task(new Uint8Array(32), 1500);
    const progress: number[] = [];
    const onProgress = (done: number) => {
      progress.push(done);
      if (progress.length === 2) abort.abort(new Error('cancelled by the test'));
    };
    await expect(engine.compute(large, { signal: abort.signal, onProgress })).rejects.toThrow(
      'cancelled by the test',
    );
    expect(progress).toHaveLength(2);
    const [first] = vectors.cases;
    const { commitment } = await engine.compute(
      task(hexToBytes(first?.seed ?? ''), first?.matrix_size ?? 0),
      options,
    );
    expect(bytesToHex(commitment.root)).toBe(first?.result_hash);
  });

  it('tells a share done that only grows, up to 1 at most', async () => {
    const progress: number[] = [];
    const onProgress = (done: number) => progress.push(done);
    await engine.compute(task(new Uint8Array(32), 1024), { ...options, onProgress });
    expect(progress.length).toBeGreaterThan(0);
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    expect(progress.at(-1)).toBeLessThanOrEqual(1);
  });

  it('waits for the one before it', async () => {
    const seed = new Uint8Array(32).fill(1);
    const [one, two] = await Promise.all([60, 61].map((n) => engine.compute(task(seed, n), options)));
    expect(one?.commitment.root).toEqual(commit(referenceProduct(seed, 60), 60, seed).root);
    expect(two?.commitment.root).toEqual(commit(referenceProduct(seed, 61), 61, seed).root);
  });
});

describe('many small tasks', () => {
  it('rest as long as the pace says, though none takes as long as a slice', async () => {
    let restedMs = 0;
    const rest = async (ms: number) => {
      restedMs += ms;
      return ms;
    };
    const pacer = new Pacer(rest);
    pacer.set({ ...FULL_PACE, dutyPercent: 10 });
    const after = vi.spyOn(pacer, 'after');
    const paced = await CpuEngine.open({ threads: 1, pacer });
    for (let count = 0; count < 50; count += 1)
      await paced.compute(task(new Uint8Array(32).fill(count), 64), options);
    expect(after.mock.calls.length).toBeGreaterThanOrEqual(50);
    const busyMs = after.mock.calls.reduce((sum, [ms]) => sum + ms, 0);
    // Nine times as long as it worked, but for a rest that is still too short to be taken.
    expect(busyMs).toBeGreaterThan(0);
    expect(restedMs).toBeLessThanOrEqual(9 * busyMs + 1e-6);
    expect(restedMs).toBeGreaterThan(9 * busyMs - SHORTEST_REST_MS);
  });
});

describe('a task that needs more memory than there is', () => {
  it('is refused with the bytes needed and available', async () => {
    const small = await CpuEngine.open({ threads: 1, memoryLimitBytes: 8 * 2 ** 20 });
    const refused = small.compute(task(new Uint8Array(32), 2048), options);
    await expect(refused).rejects.toMatchObject({
      code: 'invalid_matrix_size',
      params: { value: 2048, needed: expect.any(Number), limit: 8 * 2 ** 20 },
    });
  });

  it('is refused outside 1…16384', async () => {
    for (const n of [0, 16385, 1.5])
      await expect(engine.compute(task(new Uint8Array(32), n), options)).rejects.toMatchObject({
        code: 'invalid_matrix_size',
      });
  });
});
