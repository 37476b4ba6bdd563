import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Address, addressFromPublicKey } from '../../src-shared/chain/address';
import type { VerifiedBlock } from '../chain/block-verifier';
import { type Database, openDatabase } from '../storage/database';
import { AccountActivity } from './account-activity';

const address = (digit: number): Address => addressFromPublicKey(new Uint8Array(33).fill(digit));
const [OWN, OTHER, THIRD] = [address(1), address(2), address(3)];

type Tx = {
  readonly from: Address;
  readonly to: Address | null;
  readonly amount: bigint;
  readonly type?: string;
};

/** A block as far as it is looked at; a transaction to nobody is a result. */
function block(height: number, txs: readonly Tx[]): VerifiedBlock {
  const made = {
    block: {
      header: { height, timestamp: height * 5 },
      txs: txs.map((tx) => ({ type: tx.to === null ? 'SUBMIT_RESULT' : 'TRANSFER', gasPrice: 2n, ...tx })),
    },
    txHashes: txs.map((_tx, index) => `${height}-${index}`),
  };
  return made as unknown as VerifiedBlock; // all that is looked at
}

let database: Database;
beforeEach(() => {
  ({ database } = openDatabase(':memory:', 0));
});
afterEach(() => database.close());

const TRANSFER_FEE = 42_000n;
const RESULT_FEE = 160_000n;

describe('what an account received, sent and paid', () => {
  it('is what the blocks say, from the first one that was looked at', () => {
    const activity = new AccountActivity(database);
    expect(activity.totals(1, OWN)).toBeNull();
    activity.takeBlock(block(7, []), 1, [OWN]);
    activity.takeBlock(
      block(8, [
        { from: OTHER, to: OWN, amount: 100n },
        { from: OWN, to: OTHER, amount: 30n },
        { from: OTHER, to: THIRD, amount: 5n },
        { from: OWN, to: null, amount: 0n },
      ]),
      1,
      [OWN],
    );
    expect(activity.totals(1, OWN)).toEqual({
      sinceHeight: 7,
      received: 100n,
      sent: 30n,
      fees: TRANSFER_FEE + RESULT_FEE,
    });
    expect(activity.transfers(1, OWN, 10)).toEqual([
      { height: 8, txHash: '8-1', from: OWN, to: OTHER, amountUnits: 30n, atMs: 40_000 },
      { height: 8, txHash: '8-0', from: OTHER, to: OWN, amountUnits: 100n, atMs: 40_000 },
    ]);
    expect(activity.totals(2, OWN)).toBeNull();
  });

  it('counts what is sent to oneself both ways', () => {
    const activity = new AccountActivity(database);
    activity.takeBlock(block(1, [{ from: OWN, to: OWN, amount: 9n }]), 1, [OWN]);
    expect(activity.totals(1, OWN)).toMatchObject({ received: 9n, sent: 9n, fees: TRANSFER_FEE });
  });

  it('is counted anew from where a chain goes on that went back below what was summed up', () => {
    const activity = new AccountActivity(database, { blocks: 2, transfers: 3 });
    for (let height = 250; height <= 256; height++)
      activity.takeBlock(block(height, [{ from: OTHER, to: OWN, amount: 1n }]), 1, [OWN]);
    expect(activity.totals(1, OWN)).toMatchObject({ sinceHeight: 250, received: 7n });
    expect(activity.transfers(1, OWN, 10).map(({ height }) => height)).toEqual([256, 255, 254]);
    activity.rollBack(1, 252);
    expect(activity.totals(1, OWN)).toBeNull();
    activity.takeBlock(block(252, [{ from: OTHER, to: OWN, amount: 5n }]), 1, [OWN]);
    expect(activity.totals(1, OWN)).toMatchObject({ sinceHeight: 252, received: 5n });
  });

  it('is no amount of a transaction that is no transfer', () => {
    const activity = new AccountActivity(database);
    activity.takeBlock(block(1, [{ from: OTHER, to: OWN, amount: 9n, type: 'STAKE' }]), 1, [OWN]);
    expect(activity.totals(1, OWN)).toMatchObject({ received: 0n, sent: 0n, fees: 0n });
    expect(activity.transfers(1, OWN, 10)).toEqual([]);
  });

  it('is summed up of what is beyond the newest blocks that have to do with the account, now and then', () => {
    const activity = new AccountActivity(database, { blocks: 2, transfers: 1000 });
    const take = (height: number, to = OWN) =>
      activity.takeBlock(block(height, [{ from: OTHER, to, amount: 1n }]), 1, [OWN]);
    for (const height of [250, 251]) take(height);
    for (const height of [252, 253, 254]) take(height, THIRD);
    for (const height of [255, 256]) take(height);
    // What was summed up is not counted again.
    for (const height of [250, 251]) take(height);
    expect(activity.totals(1, OWN)).toMatchObject({ sinceHeight: 250, received: 4n });
    for (const height of [257, 258, 259]) take(height);
    // What is not summed up yet can be taken back, and 252 is beyond what is.
    activity.rollBack(1, 252);
    expect(activity.totals(1, OWN)).toMatchObject({ sinceHeight: 250, received: 2n });
    activity.rollBack(1, 251);
    expect(activity.totals(1, OWN)).toBeNull();
  });

  it('is whole while there is less than is kept, and begins anew below where it began', () => {
    const activity = new AccountActivity(database);
    for (const height of [1, 255, 256])
      activity.takeBlock(block(height, [{ from: OTHER, to: OWN, amount: 1n }]), 1, [OWN]);
    expect(activity.totals(1, OWN)).toMatchObject({ sinceHeight: 1, received: 3n });
    expect(activity.transfers(1, OWN, 10).map(({ height }) => height)).toEqual([256, 255, 1]);
    activity.rollBack(1, 0);
    expect(activity.totals(1, OWN)).toBeNull();
    activity.takeBlock(block(0, [{ from: OTHER, to: OWN, amount: 1n }]), 1, [OWN]);
    expect(activity.totals(1, OWN)).toMatchObject({ sinceHeight: 0, received: 1n });
  });

  it('is told without what is damaged, which is set aside', () => {
    const activity = new AccountActivity(database, { blocks: 2, transfers: 1000 });
    const take = (height: number) =>
      activity.takeBlock(block(height, [{ from: OTHER, to: OWN, amount: 1n }]), 1, [OWN]);
    const spoil = (table: string, which: string) =>
      database.exec(
        `UPDATE ${table} SET ${table === 'account_transfers' ? 'amount' : 'received'}_units = 'x' WHERE ${which}`,
      );
    for (const height of [250, 251, 252]) take(height);
    spoil('account_blocks', 'height = 251');
    spoil('account_transfers', 'height = 251');
    expect(activity.totals(1, OWN)).toMatchObject({ sinceHeight: 250, received: 2n });
    expect(activity.transfers(1, OWN, 10).map(({ height }) => height)).toEqual([252, 250]);
    // One that is damaged as it is summed up.
    for (const height of [253, 254, 255]) take(height);
    spoil('account_blocks', 'height = 253');
    take(256);
    expect(activity.totals(1, OWN)).toMatchObject({ sinceHeight: 250, received: 5n });
    spoil('account_totals', '1');
    expect(activity.totals(1, OWN)).toBeNull();
    expect(database.all('SELECT table_name AS name FROM set_aside ORDER BY rowid')).toEqual(
      ['account_blocks', 'account_transfers', 'account_blocks', 'account_totals'].map((name) => ({ name })),
    );
  });

  it('says nothing of the blocks before the one that it began anew from', () => {
    const activity = new AccountActivity(database, { blocks: 2, transfers: 1000 });
    const take = (height: number) =>
      activity.takeBlock(block(height, [{ from: OTHER, to: OWN, amount: 1n }]), 1, [OWN]);
    for (const height of [252, 253, 254, 255]) take(height);
    database.exec("UPDATE account_totals SET received_units = 'x'");
    for (let height = 256; height <= 512; height += 1) {
      take(height);
      if (height === 256 || height === 512)
        expect(activity.totals(1, OWN)).toMatchObject({ sinceHeight: 256, received: BigInt(height - 255) });
    }
  });

  it('is the same whatever is taken twice, taken back and summed up on the way', () => {
    const tx = fc.record({
      from: fc.constantFrom(OWN, OTHER),
      to: fc.constantFrom(OWN, OTHER, null),
      amount: fc.bigInt(0n, 10n ** 30n),
    });
    // Each step takes the next block, after going so many back.
    const step = fc.record({ back: fc.nat(3), txs: fc.array(tx, { maxLength: 4 }), twice: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        const { database: own } = openDatabase(':memory:', 0);
        const activity = new AccountActivity(own, { blocks: 4, transfers: 1000 });
        // So that it is summed up in the midst of it.
        const first = 240;
        const chain: (readonly Tx[])[] = [];
        for (const { back, txs, twice } of steps) {
          const gone = Math.min(back, chain.length);
          if (gone > 0) {
            chain.length -= gone;
            activity.rollBack(1, first + chain.length);
          }
          chain.push(txs);
          const taken = block(first + chain.length - 1, txs);
          for (let time = 0; time < (twice ? 2 : 1); time++) activity.takeBlock(taken, 1, [OWN]);
        }
        const since = activity.totals(1, OWN)?.sinceHeight ?? 0;
        const all = chain.slice(since - first).flat();
        const sum = (some: readonly Tx[]) => some.reduce((total, { amount }) => total + amount, 0n);
        const mine = all.filter(({ from }) => from === OWN);
        expect(activity.totals(1, OWN)).toEqual({
          sinceHeight: since,
          received: sum(all.filter(({ to }) => to === OWN)),
          sent: sum(mine),
          fees: mine.reduce((total, { to }) => total + (to === null ? RESULT_FEE : TRANSFER_FEE), 0n),
        });
        own.close();
      }),
      { numRuns: 60 },
    );
  });
});
