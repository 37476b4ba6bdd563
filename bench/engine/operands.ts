import { matrixA, matrixBTransposed } from '../../src-shared/matrix-mult/matrices';
import { rowMultiplier } from '../../src-shared/matrix-mult/product';
import type { Operands } from './gpu/contender';

/** Every measure is of this seed's matrices. */
export const SEED = new Uint8Array(32).fill(0xab);

let last: Operands | null = null;

/** The matrices of a size, made once; those of the size before are let go. */
export function operandsOf(n: number): Operands {
  if (last?.n !== n) last = { n, a: matrixA(SEED, n), bTransposed: matrixBTransposed(SEED, n) };
  return last;
}

/** B row by row, for those who take it so. */
export function byRows(bTransposed: Int8Array, n: number): Int8Array {
  const b = new Int8Array(n * n);
  for (let column = 0; column < n; column++)
    for (let k = 0; k < n; k++) b[k * n + column] = bTransposed[column * n + k] ?? 0;
  return b;
}

/**
 * Compares some rows of a product with the reference's: a wrong one has no business in a table. f32 is held to it as
 * well: sums of these matrices stay below 2^24.
 * @throws Error at the first value that differs
 */
export function assertProduct({ n, a, bTransposed }: Operands, c: Int32Array | Float32Array): void {
  const multiply = rowMultiplier(bTransposed, n);
  for (const row of [0, n >> 1, n - 1]) {
    const expected = multiply(a.subarray(row * n, (row + 1) * n));
    const column = expected.findIndex((value, index) => c[row * n + index] !== value);
    if (column >= 0) throw new Error(`C is wrong in row ${row}, column ${column}`);
  }
}
