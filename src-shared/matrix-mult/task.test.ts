import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import matrix from '../fixtures/matrix-mult-v1-vectors.json';
import protocol from '../fixtures/protocol-vectors.json';
import { assertMatrixSize } from './matrix-size';
import { iterationSeed, taskSeed } from './seed';
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

  it('has a whole size from 1 to 16384', () => {
    for (const n of [1, 1024, 16384]) expect(() => assertMatrixSize(n)).not.toThrow();
    for (const n of [0, -1, 16385, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => assertMatrixSize(n)).toThrow(expect.objectContaining({ code: 'invalid_matrix_size' }));
    }
  });
});
