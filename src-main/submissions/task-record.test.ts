import { describe, expect, it } from 'vitest';
import { ALICE, BOB } from '../devnet/test-network';
import {
  type Damage,
  patchColumns,
  readRecord,
  type SqlRow,
  type TaskRecord,
  toTaskRow,
} from './task-record';

const ROW: SqlRow = {
  id: 1,
  chapter: 2,
  account: ALICE.address,
  task_id: 'one',
  block_height: 7,
  block_hash: 'b'.repeat(64),
  task_nonce: 3,
  matrix_size: 16,
  job: null,
  by_hand: 0,
  recipient: null,
  amount_units: null,
  state: 'proved',
  engine: 'cpu',
  timings: '{"generateMs":1,"multiplyMs":20,"commitMs":300,"selfCheckMs":4000}',
  result_hash: 'c'.repeat(64),
  proof: '0100',
  fee_units: '123456789012345678901234567890',
  account_nonce: '5',
  raw: '{}',
  tx_hash: 'd'.repeat(64),
  sends: 2,
  last_sent_at: 10,
  confirmed_height: 8,
  confirmed_index: 0,
  evidence: '{"checks":[{"name":"a","ok":true,"expected":null,"actual":null}],"inclusion":null}',
  reason: null,
  created_at: 9,
  updated_at: 11,
};
const read = (change: SqlRow = {}) => readRecord({ ...ROW, ...change }) as TaskRecord;
const damage = (change: SqlRow) => readRecord({ ...ROW, ...change }) as Damage;

describe('a row of the journal', () => {
  it('is shown with its times together, and amounts to the unit', () => {
    expect(toTaskRow(read())).toEqual({
      taskId: 'one',
      state: 'proved',
      blockHeight: 7,
      blockHash: 'b'.repeat(64),
      taskNonce: 3,
      matrixSize: 16,
      byHand: false,
      engine: 'cpu',
      computeMs: 4321,
      resultHash: 'c'.repeat(64),
      feeUnits: '123456789012345678901234567890',
      accountNonce: '5',
      txHash: 'd'.repeat(64),
      confirmedHeight: 8,
      confirmedTxIndex: 0,
      reason: null,
      createdAtMs: 9,
      updatedAtMs: 11,
    });
    const bare = read({ timings: null, fee_units: null, account_nonce: null, by_hand: 1 });
    expect(toTaskRow(bare)).toMatchObject({
      computeMs: null,
      feeUnits: null,
      accountNonce: null,
      byHand: true,
    });
  });

  it('of a transfer has its recipient and amount, or is damaged', () => {
    const transfer = { recipient: BOB.address, amount_units: '12' };
    expect(read(transfer).transfer).toEqual({ to: BOB.address, amountUnits: 12n });
    expect(read().transfer).toBeNull();
    for (const part of ['recipient', 'amount_units'])
      expect(damage({ ...transfer, [part]: null })).toMatchObject({
        columns: ['amount_units'],
        isMendable: false,
      });
  });

  it.each<[string, string | number | null]>([
    ['account', 'cpc1spoilt'],
    ['block_height', -1],
    ['block_height', 1.5],
    ['block_hash', 'b'.repeat(63)],
    ['block_hash', 'b'.repeat(65)],
    ['block_hash', `${'b'.repeat(63)}B`],
    ['task_nonce', null],
    ['job', -1],
    ['recipient', 'cpc1spoilt'],
    ['state', 'spoilt'],
    ['result_hash', `x${'c'.repeat(64)}`],
    ['fee_units', '1.5'],
    ['fee_units', 'x1'],
    ['account_nonce', '-5'],
    ['account_nonce', '5x'],
    ['account_nonce', '1'.repeat(41)],
    ['tx_hash', 'd'],
    ['sends', -1],
    ['confirmed_height', -1],
  ])('can’t be gone by where its %s is %j', (column, value) => {
    const change = column === 'recipient' ? { [column]: value, amount_units: '1' } : { [column]: value };
    expect(damage(change)).toMatchObject({ columns: [column], isMendable: false });
  });

  it.each(['engine', 'timings', 'evidence', 'reason'])('can go on without its %s', (column) => {
    for (const value of ['{', '{}', 5]) {
      const { columns, isMendable } = damage({ [column]: value });
      expect([...new Set(columns), isMendable]).toEqual([column, true]);
    }
    expect(damage({ [column]: 'x', sends: -1 })).toMatchObject({ isMendable: false });
  });

  it('is of an account that was checked, whichever was last', () => {
    expect(read({ account: BOB.address }).account).toBe(BOB.address);
    expect(read().account).toBe(ALICE.address);
    expect(damage({ account: 'spoilt' }).columns).toEqual(['account']);
    expect(damage({ account: 'spoilt' }).columns).toEqual(['account']);
  });
});

describe('a change of a row', () => {
  it('sets what it names, as the database takes it', () => {
    expect(
      patchColumns({
        accountNonce: 2n ** 64n,
        sends: 1,
        raw: '{}',
        txHash: null,
        evidence: { checks: [], inclusion: null },
      }),
    ).toEqual([
      ['account_nonce', '18446744073709551616'],
      ['raw', '{}'],
      ['tx_hash', null],
      ['sends', 1],
      ['evidence', '{"checks":[],"inclusion":null}'],
    ]);
    expect(patchColumns({})).toEqual([]);
  });
});
