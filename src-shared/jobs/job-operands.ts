import { hexToBytes } from '@noble/hashes/utils.js';
import { matrixARow, matrixBColumns } from '../matrix-mult/matrices';
import { iterationSeed, operandsSeed } from '../matrix-mult/seed';
import type { Shape } from '../matrix-mult/shape';
import type { JobPayload } from './payload';

/** What a job multiplies, a piece at a time: who looks at eight rows of C needs not all of A. */
export type JobOperands = {
  readonly shape: Shape;
  /** 32 bytes: in each chunk's header, and what draws the opened rows. */
  readonly seed: Uint8Array;
  /** A row of A, `inner` int8. */
  readonly rowOfA: (row: number) => Int8Array;
  /** So many columns of B from a first one on, one after another, `inner` int8 each. */
  readonly columnsOfB: (first: number, count: number) => Int8Array;
};

/**
 * The operands of one iteration of a job; given matrices have but one.
 * @param decode base64 to bytes, as the platform does it fastest
 */
export function jobOperands(
  payload: JobPayload,
  iteration: number,
  decode: (base64: string) => Uint8Array,
): JobOperands {
  const { shape } = payload;
  if (payload.challenge === 'matrix_mult')
    return givenOperands(shape, int8(decode(payload.a)), int8(decode(payload.b)));
  const n = shape.rows;
  const seed = iterationSeed(hexToBytes(payload.seed), iteration);
  return {
    shape,
    seed,
    rowOfA: (row) => matrixARow(seed, n, row),
    columnsOfB: (first, count) => matrixBColumns(seed, n, first, count),
  };
}

function givenOperands(shape: Shape, a: Int8Array, b: Int8Array): JobOperands {
  const { inner, columns } = shape;
  return {
    shape,
    seed: operandsSeed(shape, a, b),
    rowOfA: (row) => a.subarray(row * inner, (row + 1) * inner),
    columnsOfB: (first, count) => {
      const block = new Int8Array(inner * count);
      for (let k = 0; k < inner; k += 1) {
        for (let j = 0; j < count; j += 1) block[j * inner + k] = b[k * columns + first + j] ?? 0;
      }
      return block;
    },
  };
}

function int8(bytes: Uint8Array): Int8Array {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
