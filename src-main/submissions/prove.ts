import type { Check } from '../../src-shared/ipc/task-row';
import { blockChecks, inclusionOf } from '../chain/block-evidence';
import { indexOfTx, type VerifiedBlock } from '../chain/block-verifier';
import type { Evidence, TaskRecord } from './task-record';

/**
 * The evidence that a task's result is in a block: the block's own checks, the transaction's place, the result's
 * fields as computed here, and the path from its leaf to the header's compute_root.
 */
export function evidenceFor(
  task: TaskRecord,
  taken: VerifiedBlock,
): { readonly ok: boolean; readonly evidence: Evidence } {
  const { block, verification } = taken;
  const inclusion = task.txHash === null ? null : inclusionOf(verification, task.txHash);
  const found = verification.results.find(({ txHash }) => txHash === task.txHash);
  const index = indexOfTx(taken, task.txHash);
  const own: Check[] = [
    same('tx_in_block', task.txHash, taken.txHashes[index]),
    same('result_task_id', task.taskId, found?.result.taskId),
    same('result_hash', task.resultHash, found?.result.resultHash),
    same('result_in_compute_root', block.header.computeRoot, inclusion?.root),
  ];
  const checks = [...blockChecks(verification), ...own];
  return { ok: checks.every(({ ok }) => ok !== false), evidence: { checks, inclusion } };
}

function same(name: string, expected: string | null, actual: string | undefined): Check {
  return { name, ok: expected !== null && expected === actual, expected, actual: actual ?? null };
}
