import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { u32le } from './bytes';
import type { Shape } from './shape';

/**
 * Seed of a task, 32 bytes: SHA-256 of block hash ‖ worker address, and of `:nonce` where the nonce is not 0
 * (matrix-mult-v1.md, "Task").
 * @param blockHash 64 hex characters, hashed as text.
 */
export function taskSeed(blockHash: string, workerAddress: string, nonce: bigint | number = 0n): Uint8Array {
  const suffix = BigInt(nonce) === 0n ? '' : `:${nonce}`;
  return sha256(utf8ToBytes(`${blockHash}${workerAddress}${suffix}`));
}

/** Seed of iteration i of a job: the task's own for 0, SHA-256(seed ‖ u32le(i)) after. */
export function iterationSeed(seed: Uint8Array, iteration: number): Uint8Array {
  return iteration === 0 ? seed : sha256(concatBytes(seed, u32le(iteration)));
}

/** Seed of a job that gives its matrices: SHA-256(u32le rows ‖ u32le inner ‖ u32le columns ‖ a ‖ b), both row-major. */
export function operandsSeed({ rows, inner, columns }: Shape, a: Int8Array, b: Int8Array): Uint8Array {
  const hash = sha256.create();
  for (const size of [rows, inner, columns]) hash.update(u32le(size));
  for (const matrix of [a, b]) {
    hash.update(new Uint8Array(matrix.buffer, matrix.byteOffset, matrix.byteLength));
  }
  return hash.digest();
}
