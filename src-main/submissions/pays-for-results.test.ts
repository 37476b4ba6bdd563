import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { AppError } from '../../src-shared/errors';
import { ALICE, BOB } from '../devnet/test-network';
import type { FeeCeiling } from './fee-ceiling';
import type { Journal } from './journal';
import { paysForResults, unitsUnderWay } from './pays-for-results';
import type { TaskRecord } from './task-record';

const [account, other] = [ALICE, BOB].map(({ address }) => parseAddress(address)) as [never, never];
const task = (state: TaskRecord['state'], feeUnits: bigint | null, amountUnits?: bigint, of = account) =>
  ({
    account: of,
    state,
    feeUnits,
    transfer: amountUnits === undefined ? null : { to: other, amountUnits },
  }) as unknown as TaskRecord; // what is read of it

describe('what is under way', () => {
  it('takes fees and amounts off the balance until a block has them', () => {
    const live = [
      task('sent', 10n),
      task('in_pool', 20n, 300n),
      task('computed', null),
      task('confirmed', 1000n, 1000n),
      task('sent', 5000n, 5000n, other),
    ];
    expect(unitsUnderWay(live, account)).toBe(330n);
    expect(unitsUnderWay([], account)).toBe(0n);
  });
});

describe('balance and ceiling', () => {
  const asked: [unknown, bigint][] = [];
  const pays = (balance: bigint, count: number, live: TaskRecord[] = [], isReached = false) => {
    asked.length = 0;
    const ceiling = {
      reached: (of: unknown, units: bigint) => {
        asked.push([of, units]);
        return isReached ? { error: new AppError('fee_ceiling_reached', ''), freeAtMs: null } : null;
      },
    };
    return paysForResults(
      { journal: { live: () => live } as unknown as Journal, ceiling: ceiling as unknown as FeeCeiling }, // all that is asked
      { chapter: 1, account, balance, resultFee: 80n },
      count,
    );
  };

  it('pay for so many results, to the unit', () => {
    expect([pays(159n, 2), pays(160n, 2), pays(80n, 1), pays(0n, 0)]).toEqual([false, true, true, true]);
    expect(pays(160n, 2)).toBe(true);
    expect(asked).toEqual([[account, 160n]]);
    expect(pays(160n, 2, [], true)).toBe(false);
  });

  it('pay for those first that are computed, and for what is under way', () => {
    const live = [
      task('computed', null),
      task('planned', null),
      task('computed', null, undefined, other),
      task('sent', 80n),
    ];
    expect([pays(239n, 1, live), pays(240n, 1, live)]).toEqual([false, true]);
    expect(asked).toEqual([[account, 160n]]);
  });
});
