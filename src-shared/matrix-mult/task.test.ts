import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import matrix from '../fixtures/matrix-mult-v1-vectors.json';
import protocol from '../fixtures/protocol-vectors.json';
import { commit, iteratedRoot, mockResultHash } from './commitment';
import { matrixARow, matrixBTransposed } from './matrices';
import { assertMatrixSize } from './matrix-size';
import { rowMultiplier } from './product';
import { iterationSeed, operandsSeed, taskSeed } from './seed';
import { TASK_NAMESPACE, taskId } from './task-id';
import { URL_NAMESPACE, uuidV5 } from './uuid';

describe('a task', () => {
  it.each(protocol.task_seeds)('has the seed $seed', ({ block_hash, worker_address, seed }) => {
    expect(bytesToHex(taskSeed(block_hash, worker_address))).toBe(seed);
  });

  it.each(matrix.cases)('of nonce $nonce and size $matrix_size has the id $task_id', (vector) => {
    const { block_hash, worker_address, nonce, matrix_size, seed, task_id } = vector;
    expect(bytesToHex(taskSeed(block_hash, worker_address, nonce))).toBe(seed);
    expect(taskId(block_hash, worker_address, nonce, matrix_size)).toBe(task_id);
  });

  it('has the namespace of the specification', () => {
    expect(TASK_NAMESPACE).toBe(matrix.namespace);
    // RFC 9562, appendix A.4.
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
    expect(URL_NAMESPACE).toBe('6ba7b811-9dad-11d1-80b4-00c04fd430c8');
  });

  it('keeps its own seed for iteration 0', () => {
    const seed = hexToBytes('00'.repeat(32));
    expect(iterationSeed(seed, 0)).toBe(seed);
    expect(iterationSeed(seed, 1)).not.toEqual(iterationSeed(seed, 2));
  });

  it.each(matrix.iterations)('of $iterations iterations has the result $result_hash', (vector) => {
    const { matrix_size: n, iterations } = vector;
    const roots = Array.from({ length: iterations }, (_, iteration) => {
      const seed = iterationSeed(hexToBytes(vector.seed), iteration);
      const multiply = rowMultiplier(matrixBTransposed(seed, n), n);
      const c = Array.from({ length: n }, (_, row) => [...multiply(matrixARow(seed, n, row))]);
      return commit(Int32Array.from(c.flat()), n, seed).root;
    });
    expect(bytesToHex(iteratedRoot(roots))).toBe(vector.result_hash);
  });

  it.each(matrix.mock)('of the guide has the mock result $result_hash', ({ seed, result_hash }) => {
    expect(mockResultHash(hexToBytes(seed))).toBe(result_hash);
  });

  it('that gives its matrices has a seed of their sizes and all their bytes', () => {
    const shape = { rows: 2, inner: 1, columns: 3 };
    const a = Int8Array.of(1, -1);
    const b = Int8Array.of(0, 127, -128);
    const hashed = '02000000' + '01000000' + '03000000' + '01ff' + '007f80';
    expect(bytesToHex(operandsSeed(shape, a, b))).toBe(bytesToHex(sha256(hexToBytes(hashed))));
    const within = new Int8Array([9, 1, -1, 9]).subarray(1, 3);
    expect(operandsSeed(shape, within, b)).toEqual(operandsSeed(shape, a, b));
  });

  it('has a whole size from 1 to 16384', () => {
    for (const n of [1, 1024, 16384]) expect(() => assertMatrixSize(n)).not.toThrow();
    for (const n of [0, -1, 16385, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => assertMatrixSize(n)).toThrow(
        expect.objectContaining({
          code: 'invalid_matrix_size',
          remedy: 'fix_input',
          params: { maximum: 16_384 },
        }),
      );
    }
  });
});
