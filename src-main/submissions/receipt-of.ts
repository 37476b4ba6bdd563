import { serializeTransaction } from '../../src-shared/chain/transaction';
import { AppError } from '../../src-shared/errors';
import { leavesOf, type Receipt } from '../../src-shared/receipt/receipt';
import { indexOfTx, type VerifiedBlock } from '../chain/block-verifier';
import type { TaskRecord } from './task-record';

/**
 * The receipt of a task's result in a block that was verified here.
 * @throws AppError `not_found` where the block does not hold it, or did not pass its checks
 */
export function receiptOf(task: TaskRecord, taken: VerifiedBlock): Receipt {
  const { block, txHashes, verification } = taken;
  const transaction = block.txs[indexOfTx(taken, task.txHash)];
  const signature = verification.checks.find(({ name }) => name === 'signature');
  if (transaction === undefined || !verification.ok || signature?.ok !== true)
    throw new AppError('not_found', `Block ${block.header.height} does not prove this result any more.`, {
      remedy: 'wait',
    });
  return {
    // A job, or what a person brought, is of no block.
    taskBlock: task.job === null && !task.byHand ? { height: task.blockHeight, hash: task.blockHash } : null,
    transaction: serializeTransaction(transaction),
    header: block.header,
    signature: block.pqSignature,
    // What the signature was checked against.
    proposerPublicKey: signature.expected,
    txHashes,
    leaves: leavesOf(verification.results),
  };
}
