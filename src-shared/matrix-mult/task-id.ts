import { URL_NAMESPACE, uuidV5 } from './uuid';

/** UUIDv5 of the URL namespace and `urn:computechain:task`. */
export const TASK_NAMESPACE = uuidV5(URL_NAMESPACE, 'urn:computechain:task');

/**
 * The id of a task: the same work always has the same one, so resubmitting it is idempotent and anyone can tell
 * which block a result belongs to (matrix-mult-v1.md, "Task").
 */
export function taskId(
  blockHash: string,
  workerAddress: string,
  nonce: bigint | number,
  matrixSize: number,
): string {
  return uuidV5(TASK_NAMESPACE, `matrix_mult_v1|${blockHash}|${workerAddress}|${nonce}|${matrixSize}`);
}
