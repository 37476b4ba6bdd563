import type { Database } from '../../../src-main/storage/database';
import type { Fail } from './broken';
import type { Sent } from './sent';

/** What a run came to: the chain's own account of what was sent, beside the journal's. */
export type Tally = {
  /** Transactions that ever left. */
  readonly sent: number;
  /** Of those, how many the chain has. */
  readonly inChain: number;
  /** Tasks that the journal calls proved, and the chain has. */
  readonly proved: number;
  /** In the chain and not called proved, or called proved and not in the chain. */
  readonly lost: readonly string[];
  /** Tasks that are in the chain more than once. */
  readonly paidTwice: number;
};

/** Holds the journal against the chain, once all has come to its end. @param chapter the own chain's */
export function tally(sent: Sent, database: Database, chapter: number | undefined, fail: Fail): Tally {
  const rows = database.all(
    "SELECT tx_hash AS txHash, confirmed_height AS height FROM tasks WHERE chapter = ? AND state = 'proved'",
    chapter ?? 0,
  ) as { txHash: string; height: number }[];
  const proved = new Map(rows.map(({ txHash, height }) => [txHash, height]));
  const lost = [
    ...[...sent.inChain]
      .filter(([txHash, height]) => proved.get(txHash) !== height)
      .map(([txHash, height]) => `${txHash} is in block ${height} and not proved there`),
    ...rows
      .filter(({ txHash }) => !sent.inChain.has(txHash))
      .map(({ txHash, height }) => `${txHash} is proved in block ${height}, which does not hold it`),
  ];
  for (const one of lost) fail('nothing is lost', one);
  const { size } = sent.inChain;
  return { sent: sent.size, inChain: size, proved: proved.size, lost, paidTwice: sent.paidTwice };
}
