import type { Check } from '../../src-shared/ipc/task-row';
import { blockChecks, inclusionOf } from '../chain/block-evidence';
import { indexOfTx, type VerifiedBlock } from '../chain/block-verifier';
import type { Evidence, TaskRecord } from './task-record';

/**
 * The evidence that a task's result is in a block: the block's own checks, the transaction's place, the result's
 * fields as computed here, and the path from its leaf to the header's compute_root. Of a transfer, its place in tx_root,
 * recipient and amount.
 */
export function evidenceFor(
  task: TaskRecord,
  taken: VerifiedBlock,
): { readonly ok: boolean; readonly evidence: Evidence } {
  const { block, verification } = taken;
  const inclusion = task.txHash === null ? null : inclusionOf(verification, task.txHash);
  const found = verification.results.find(({ txHash }) => txHash === task.txHash);
  const index = indexOfTx(taken, task.txHash);
  const inBlock = same('tx_in_block', task.txHash, taken.txHashes[index]);
  if (task.transfer !== null) {
    const tx = block.txs[index];
    const { to, amountUnits } = task.transfer;
    const own = [
      inBlock,
      same('transfer_recipient', to, tx?.to ?? undefined),
      same('transfer_amount', amountUnits.toString(), tx?.amount.toString()),
    ];
    return judged([...blockChecks(verification), ...own], null);
  }
  const own: Check[] = [
    inBlock,
    same('result_task_id', task.taskId, found?.result.taskId),
    same('result_hash', task.resultHash, found?.result.resultHash),
    same('result_in_compute_root', block.header.computeRoot, inclusion?.root),
  ];
  return judged([...blockChecks(verification), ...own], inclusion);
}

function judged(checks: Check[], inclusion: Evidence['inclusion']): { ok: boolean; evidence: Evidence } {
  return { ok: checks.every(({ ok }) => ok !== false), evidence: { checks, inclusion } };
}

function same(name: string, expected: string | null, actual: string | undefined): Check {
  return { name, ok: expected === actual, expected, actual: actual ?? null };
}
