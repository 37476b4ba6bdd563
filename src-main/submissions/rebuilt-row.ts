import { parseJson } from '../../src-shared/chain/json';
import {
  parseTransaction,
  type Transaction,
  transactionHash,
  verifyTransaction,
} from '../../src-shared/chain/transaction';
import { TASK_STATES } from '../../src-shared/ipc/task-state';
import type { SqlRow } from './task-record';

const STATES: readonly unknown[] = TASK_STATES;

/**
 * A damaged row with what its signed bytes say in place of what it says, where they are whole: they are what the network
 * may hold. In a state that can't be read they may have been sent, and a block, or the node, tells what became of them.
 * Null where the bytes are not whole.
 */
export function rebuiltRow(row: SqlRow): SqlRow | null {
  try {
    const transaction = parseTransaction(parseJson(String(row.raw)));
    const { from, nonce, fee } = transaction;
    const content = contentOf(transaction, row);
    if (content === null || !verifyTransaction(transaction)) return null;
    const isKnown = STATES.includes(row.state);
    return {
      ...row,
      account: from,
      account_nonce: nonce.toString(),
      fee_units: fee.toString(),
      tx_hash: transactionHash(transaction),
      ...content,
      state: isKnown ? String(row.state) : 'sent',
      sends: Math.max(1, Number(row.sends)),
      ...(isKnown ? {} : { confirmed_height: null, confirmed_index: null, last_sent_at: null }),
      ...Object.fromEntries(['engine', 'timings', 'evidence', 'reason'].map((column) => [column, null])),
    };
  } catch {
    return null;
  }
}

/** What a row says of the content of its transaction: a result or a transfer; null for anything else. */
function contentOf({ type, to, amount, payload }: Transaction, row: SqlRow): SqlRow | null {
  if (type === 'TRANSFER')
    return { recipient: to, amount_units: amount.toString(), by_hand: 1, task_id: String(row.task_id) };
  if (type !== 'SUBMIT_RESULT') return null;
  const { task_id: taskId, result_hash: resultHash } = payload as Record<string, unknown>; // judged as the row is
  return { task_id: String(taskId), result_hash: String(resultHash), recipient: null, amount_units: null };
}
