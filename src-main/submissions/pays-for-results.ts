import type { Address } from '../../src-shared/chain/address';
import type { FeeCeiling } from './fee-ceiling';
import type { Journal } from './journal';

type Facts = {
  readonly chapter: number;
  readonly account: Address;
  /** Units at the tip. */
  readonly balance: bigint;
  /** What one result costs, units. */
  readonly resultFee: bigint;
};

/** Whether balance and ceiling cover so many more results beside those that are on their way. */
export function paysForResults(
  { journal, ceiling }: { readonly journal: Journal; readonly ceiling: FeeCeiling },
  { chapter, account, balance, resultFee }: Facts,
  count: number,
): boolean {
  const live = journal.live(chapter);
  const signed = live.filter(({ state }) => state !== 'confirmed');
  const reserved = signed.reduce((sum, { feeUnits }) => sum + (feeUnits ?? 0n), 0n);
  const unsigned = live.filter(({ state }) => state === 'computed').length + count;
  const due = resultFee * BigInt(unsigned);
  return balance - reserved >= due && ceiling.reached(account, due) === null;
}
