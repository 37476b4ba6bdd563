import type { Address } from '../../src-shared/chain/address';
import type { FeeCeiling } from './fee-ceiling';
import type { Journal } from './journal';
import type { TaskRecord } from './task-record';

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
  const live = journal.live(chapter).filter((task) => task.account === account);
  const reserved = unitsUnderWay(live, account);
  const unsigned = live.filter(({ state }) => state === 'computed').length + count;
  const due = resultFee * BigInt(unsigned);
  return balance - reserved >= due && ceiling.reached(account, due) === null;
}

/** What an account's live tasks and transfers take off its balance once blocks have them, units. */
export function unitsUnderWay(live: readonly TaskRecord[], account: Address): bigint {
  return live
    .filter((task) => task.account === account && task.state !== 'confirmed')
    .reduce((sum, { feeUnits, transfer }) => sum + (feeUnits ?? 0n) + (transfer?.amountUnits ?? 0n), 0n);
}
