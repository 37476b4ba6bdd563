import { chacha20 } from '@noble/ciphers/chacha.js';
import { assertMatrixSize } from './matrix-size';

const CHACHA_BLOCK_BYTES = 64;
const A = 0x41;
const B = 0x42;

/** A, row by row: n² int8 (matrix-mult-v1.md, "Matrices"). */
export function matrixA(seed: Uint8Array, n: number): Int8Array {
  return matrixRows(seed, n, A, 0, n);
}

/** One row of A, without the rows before it. */
export function matrixARow(seed: Uint8Array, n: number, row: number): Int8Array {
  return matrixRows(seed, n, A, row, 1);
}

/** Bᵀ, row by row, which is B column by column: n² int8. */
export function matrixBTransposed(seed: Uint8Array, n: number): Int8Array {
  return matrixRows(seed, n, B, 0, n);
}

/** `count` rows of Bᵀ from `first` on, that is as many columns of B. */
export function matrixBColumns(seed: Uint8Array, n: number, first: number, count: number): Int8Array {
  return matrixRows(seed, n, B, first, count);
}

function matrixRows(seed: Uint8Array, n: number, matrix: number, first: number, count: number): Int8Array {
  assertMatrixSize(n);
  return keyStream(seed, matrix, first * n, count * n);
}

/** Bytes of the key stream, seeking by the block counter (RFC 8439, section 2.4). */
function keyStream(key: Uint8Array, matrix: number, offset: number, length: number): Int8Array {
  const nonce = new Uint8Array(12);
  nonce[0] = matrix;
  const skip = offset % CHACHA_BLOCK_BYTES;
  const zeros = new Uint8Array(skip + length);
  const counter = (offset - skip) / CHACHA_BLOCK_BYTES;
  // Enciphering zeros in place leaves the bare key stream.
  const stream = chacha20(key, nonce, zeros, zeros, counter);
  return new Int8Array(stream.buffer, stream.byteOffset + skip, length);
}
