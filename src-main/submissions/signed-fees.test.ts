import { beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { ALICE, BOB } from '../devnet/test-network';
import { type SignedFee, SignedFees } from './signed-fees';
import type { TaskRecord } from './task-record';

const ACCOUNT = parseAddress(ALICE.address);
const OTHER = parseAddress(BOB.address);

let revision: number;
let reads: number;
let stored: SignedFee[];
let fees: SignedFees;
beforeEach(() => {
  revision = reads = 0;
  stored = [{ id: 1, atMs: 100, units: 10n, nonce: '1/5' }];
  fees = new SignedFees(
    () => {
      reads += 1;
      return stored;
    },
    () => revision,
  );
});

/** A task was changed, and the journal says so. */
function change(task: Partial<TaskRecord>, signedAtMs: number | null = null): void {
  const record = {
    id: 1,
    chapter: 1,
    account: ACCOUNT,
    state: 'signed',
    sends: 0,
    byHand: false,
    feeUnits: 10n,
    accountNonce: 5n,
    ...task,
  } as TaskRecord; // all that is looked at
  revision += 1;
  fees.keep(record, revision - 1, signedAtMs);
}
const since = (sinceMs = 0) => fees.since(ACCOUNT, sinceMs);

describe('the fees of what was signed', () => {
  it('are read once for an account and a time, and those after it', () => {
    for (const sinceMs of [50, 50, 99]) expect(since(sinceMs)).toEqual(stored);
    expect(since(100)).toEqual([]);
    expect(reads).toBe(1);
    since(49);
    expect(reads).toBe(2);
    fees.since(OTHER, 49);
    expect(reads).toBe(3);
  });

  it('are read anew where something else was changed', () => {
    since();
    revision += 1;
    since();
    expect(reads).toBe(2);
    revision += 1;
    // Too late: what came before it is not known.
    change({ id: 2, accountNonce: 6n }, 200);
    expect(since()).toEqual(stored);
    expect(reads).toBe(3);
  });

  it('are kept up with what is signed, sent and ends, without a reading', () => {
    since();
    change({ id: 2, accountNonce: 6n, feeUnits: 20n }, 200);
    const second = { id: 2, atMs: 200, units: 20n, nonce: '1/6' };
    expect(since()).toEqual([...stored, second]);
    change({ id: 2, accountNonce: 6n, feeUnits: 20n, state: 'sent', sends: 1 });
    expect(since()).toEqual([...stored, second]);
    change({ id: 2, accountNonce: 7n, feeUnits: 30n, state: 'in_pool', sends: 1 });
    expect(since()).toEqual([...stored, { ...second, units: 30n, nonce: '1/7' }]);
    change({ id: 2, state: 'superseded', sends: 1 });
    expect(since()).toEqual(stored);
    change({ id: 3, state: 'computed', accountNonce: null, feeUnits: null });
    expect(since()).toEqual(stored);
    expect(reads).toBe(1);
  });

  it('are let go of once they are older than what is asked for', () => {
    since();
    change({ id: 2, accountNonce: 6n }, 200);
    expect(since(150)).toHaveLength(1);
    expect(reads).toBe(1);
    // When the older one was signed is no longer known.
    change({ state: 'proved', sends: 1 });
    since(150);
    expect(reads).toBe(2);
    since(0);
    expect(reads).toBe(3);
  });

  it('are none of another account, nor of what a person sent', () => {
    since();
    change({ id: 2, account: OTHER }, 200);
    change({ id: 3, byHand: true }, 200);
    expect(since()).toEqual(stored);
    expect(reads).toBe(1);
  });

  it('stay where a task ended on a node’s word after it was sent, and go where it never was', () => {
    since();
    change({ state: 'rejected', sends: 1 });
    expect(since()).toEqual(stored);
    change({ state: 'abandoned', sends: 0 });
    expect(since()).toEqual([]);
    expect(reads).toBe(1);
  });

  it.each<[string, Partial<TaskRecord>, number | null]>([
    ['when it was signed is not known', { id: 2 }, null],
    ['its fee is not known', { feeUnits: null }, 200],
    ['its nonce is not known', { accountNonce: null }, 200],
  ])('are read anew where %s', (_what, task, signedAtMs) => {
    since();
    change(task, signedAtMs);
    since();
    expect(reads).toBe(2);
  });
});
