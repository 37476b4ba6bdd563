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
  const signed = live.filter(({ state }) => state !== 'confirmed');
  const reserved = signed.reduce((sum, task) => sum + spentBy(task), 0n);
  const unsigned = live.filter(({ state }) => state === 'computed').length + count;
  const due = resultFee * BigInt(unsigned);
  return balance - reserved >= due && ceiling.reached(account, due) === null;
}

/** What a task's transaction takes off the balance, units. */
export function spentBy({ feeUnits, transfer }: Pick<TaskRecord, 'feeUnits' | 'transfer'>): bigint {
  return (feeUnits ?? 0n) + (transfer?.amountUnits ?? 0n);
}
