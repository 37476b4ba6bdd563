import { AppError } from '../../src-shared/errors';

/**
 * What a rejection means for the transaction: `known`, the node has it already; `nonce_passed`, another transaction
 * took the nonce or this very one is in a block; `later`, the node is full, the same bytes may go again; `final`, the
 * node will never take it.
 */
export type RejectionMeaning = 'known' | 'nonce_passed' | 'later' | 'final';

export type Rejection = { readonly meaning: RejectionMeaning; readonly error: AppError };

type Entry = {
  readonly word: RegExp;
  readonly meaning: RejectionMeaning;
  readonly code: ConstructorParameters<typeof AppError>[0];
  readonly message: string;
  readonly remedy: 'wait' | 'top_up' | 'none' | 'run_doctor';
};

// The mempool's words (l1-protocol.md, "Rejection words"), first match wins.
const TABLE: readonly Entry[] = [
  entry(/^already_in_pool$/, 'known', 'tx_already_in_pool', 'The node has this transaction already.', 'wait'),
  entry(
    /^nonce_too_low$|^Invalid nonce/,
    'nonce_passed',
    'tx_nonce_too_low',
    'Another transaction used this nonce.',
    'none',
  ),
  entry(
    /^insufficient_balance$|^Insufficient balance/,
    'final',
    'tx_insufficient_balance',
    'The balance does not cover the fee.',
    'top_up',
  ),
  entry(
    /^mempool_full$/,
    'later',
    'tx_mempool_full',
    "The node's mempool is full; the same transaction is sent again.",
    'wait',
  ),
  entry(
    /^(?:sender_limit_exceeded|queued_limit_exceeded)$/,
    'later',
    'tx_sender_limit',
    'The node holds as many transactions of this account as it takes.',
    'wait',
  ),
  entry(
    /^gas_price /,
    'final',
    'tx_gas_price_too_low',
    'The node asks for a higher gas price than its network is known for.',
    'run_doctor',
  ),
];

/** Reads the word a node rejected a transaction with. */
export function readRejection(word: string): Rejection {
  const found = TABLE.find((candidate) => candidate.word.test(word));
  const params = { word: word.slice(0, 200) };
  if (found === undefined) {
    const message = `The node rejected the transaction: ${word.slice(0, 200) || 'no reason given'}.`;
    return {
      meaning: 'final',
      error: new AppError('tx_rejected', message, { remedy: 'run_doctor', params }),
    };
  }
  const { meaning, code, remedy } = found;
  const error = new AppError(code, `${found.message} (${word.slice(0, 200)})`, {
    remedy,
    params,
  });
  return { meaning, error };
}

function entry(
  word: RegExp,
  meaning: RejectionMeaning,
  code: Entry['code'],
  message: string,
  remedy: Entry['remedy'],
): Entry {
  return { word, meaning, code, message, remedy };
}
