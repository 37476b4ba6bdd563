import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../fixtures/matrix-mult-v1-vectors.json';
import { flatCommitment } from './commitment';
import { matrixA, matrixARow, matrixBColumns, matrixBTransposed } from './matrices';
import { multiplyRow, rowMultiplier } from './product';

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** As text, which is compared at once where thousands of elements are not. */
const hex = (values: Int8Array) => Buffer.from(values).toString('hex');

function naiveRow(aRow: Int8Array, bTransposed: Int8Array, columns: number): number[] {
  return Array.from({ length: columns }, (_, column) =>
    aRow.reduce((sum, a, k) => sum + a * (bTransposed[column * aRow.length + k] ?? 0), 0),
  );
}

describe('a row of the product', () => {
  const shapes = fc.record({
    inner: fc.integer({ min: 1, max: 70 }),
    columns: fc.integer({ min: 1, max: 20 }),
  });

  it('is exact, whatever the shape', () => {
    const int8 = fc.integer({ min: -128, max: 127 });
    fc.assert(
      fc.property(
        shapes,
        fc.array(int8, { minLength: 100, maxLength: 100 }),
        ({ inner, columns }, values) => {
          const pick = (index: number): number => values[index % values.length] ?? 0;
          const aRow = Int8Array.from({ length: inner }, (_, k) => pick(k * 7));
          const bTransposed = Int8Array.from({ length: inner * columns }, (_, index) => pick(index));
          const expected = naiveRow(aRow, bTransposed, columns);
          expect([...multiplyRow(aRow, bTransposed, columns)]).toEqual(expected);
          expect([...rowMultiplier(bTransposed, columns)(aRow)]).toEqual(expected);
        },
      ),
    );
  });

  it.each([1024, 1025, 4100])('is exact at the extremes with %i terms', (inner) => {
    const columns = 6;
    const aRow = new Int8Array(inner).fill(-128);
    const extremes = [-128, 127, -128, -128, 127, 127];
    const bTransposed = Int8Array.from(
      { length: inner * columns },
      (_, i) => extremes[Math.floor(i / inner)] ?? 0,
    );
    const expected = extremes.map((value) => -128 * value * inner);
    expect([...multiplyRow(aRow, bTransposed, columns)]).toEqual(expected);
    expect([...rowMultiplier(bTransposed, columns)(aRow)]).toEqual(expected);
  });
});

describe('the matrices', () => {
  it.each(vectors.cases.filter(({ matrix_size }) => matrix_size <= 100))(
    'and their product are those of the vector of size $matrix_size',
    (vector) => {
      const { matrix_size: n, a_first16, b_column0_first16, c_first4 } = vector;
      const seed = hexToBytes(vector.seed);
      const a = matrixA(seed, n);
      const bTransposed = matrixBTransposed(seed, n);
      expect([a.length, bTransposed.length]).toEqual([n * n, n * n]);
      expect([...a.subarray(0, a_first16.length)]).toEqual(a_first16);
      expect([...bTransposed.subarray(0, b_column0_first16.length)]).toEqual(b_column0_first16);
      const multiply = rowMultiplier(bTransposed, n);
      const row = (at: number) => multiply(a.subarray(at * n, (at + 1) * n));
      const c = Array.from({ length: n }, (_, at) => row(at));
      expect([...row(0).subarray(0, c_first4.length)]).toEqual(c_first4);
      expect(c.at(-1)?.at(-1)).toBe(vector.c_last);
      expect(bytesToHex(flatCommitment(c))).toBe(vector.flat_sha256);
    },
  );

  it('refuse a size that is none', () => {
    const seed = new Uint8Array(32);
    for (const make of [matrixA, matrixBTransposed]) {
      for (const n of [0, 16_385, 1.5]) {
        expect(() => make(seed, n)).toThrow(expect.objectContaining({ code: 'invalid_matrix_size' }));
      }
    }
  });

  it('can be had a row or some columns at a time', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 90 }), fc.nat(), (seed, n, pick) => {
        const row = pick % n;
        const start = row * n;
        expect(hex(matrixARow(seed, n, row))).toBe(hex(matrixA(seed, n).slice(start, start + n)));
        expect(hex(matrixBColumns(seed, n, row, n - row))).toBe(hex(matrixBTransposed(seed, n).slice(start)));
      }),
    );
  });

  it('are filled over the full range of int8', () => {
    const values = new Set(matrixA(new Uint8Array(32), 100));
    expect(values.has(-128) && values.has(127)).toBe(true);
  });
});
