import { parseJson } from '../../src-shared/chain/json';
import { parseTransaction, transactionHash, verifyTransaction } from '../../src-shared/chain/transaction';
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
    const { type, from, nonce, fee, payload } = transaction;
    if (type !== 'SUBMIT_RESULT' || !verifyTransaction(transaction)) return null;
    const { task_id: taskId, result_hash: resultHash } = payload as Record<string, unknown>; // judged as the row is
    const isKnown = STATES.includes(row.state);
    return {
      ...row,
      account: from,
      account_nonce: nonce.toString(),
      fee_units: fee.toString(),
      tx_hash: transactionHash(transaction),
      task_id: String(taskId),
      result_hash: String(resultHash),
      state: isKnown ? String(row.state) : 'sent',
      sends: Math.max(1, Number(row.sends)),
      ...(isKnown ? {} : { confirmed_height: null, confirmed_index: null, last_sent_at: null }),
      ...Object.fromEntries(['engine', 'timings', 'evidence', 'reason'].map((column) => [column, null])),
    };
  } catch {
    return null;
  }
}
