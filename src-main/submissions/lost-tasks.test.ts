import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { serializeTransaction, transactionHash } from '../../src-shared/chain/transaction';
import { TASK_STATES } from '../../src-shared/ipc/task-state';
import { ALICE, BOB, transaction } from '../devnet/test-network';
import { Chapters } from '../storage/chapters';
import { type Database, openDatabase } from '../storage/database';
import { LostTasks } from './lost-tasks';
import { rebuiltRow } from './rebuilt-row';
import type { SqlRow } from './task-record';

const ACCOUNT = parseAddress(ALICE.address);
const OTHER = parseAddress(BOB.address);
const NOW = 9000;
const SIGNED = transaction(ALICE, 7);

let folder = '';
let database: Database;
let lost: LostTasks;
let chapter: number;
let ids: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lost-'));
  database = openDatabase(join(folder, 'miner.sqlite'), 0).database;
  lost = new LostTasks(database, () => NOW);
  chapter = new Chapters(database).begin('node', 'cpc-devnet-1', 'a'.repeat(64), 0).id;
  ids = 0;
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

/** A task's row, as it is or damaged, with the states that it went through. */
function lose(change: SqlRow, history: [state: string, at: number][] = []): void {
  ids += 1;
  const row: SqlRow = {
    chapter,
    account: ACCOUNT,
    task_id: `task ${ids}`,
    block_height: 7,
    block_hash: `block ${ids}`,
    task_nonce: ids,
    matrix_size: 16,
    state: 'sent',
    account_nonce: '5',
    fee_units: '80',
    tx_hash: 'd'.repeat(64),
    sends: 1,
    created_at: 1000,
    updated_at: 1000,
    ...change,
  };
  const names = Object.keys(row);
  database.run(
    `INSERT INTO tasks (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ...Object.values(row),
  );
  const { id } = database.get('SELECT max(id) AS id FROM tasks') as { id: number };
  for (const [state, at] of history)
    database.run('INSERT INTO task_history (task, state, at) VALUES (?, ?, ?)', id, state, at);
  lost.take(database.get('SELECT * FROM tasks WHERE id = ?', id) as SqlRow, 'damaged');
  expect(database.get('SELECT 1 FROM tasks WHERE id = ?', id)).toBeUndefined();
}

const held = (account = ACCOUNT) => lost.heldNonces(chapter, account).map(({ nonce }) => nonce);

describe('a task whose row was damaged', () => {
  it('is not done anew, by its id or by its block and nonce', () => {
    lose({});
    const same = { taskId: 'task 1', blockHash: 'block 1', taskNonce: 1 };
    expect(lost.has(chapter, same)).toBe(true);
    expect(lost.has(chapter, { ...same, taskId: 'spoilt' })).toBe(true);
    expect(lost.has(chapter, { ...same, blockHash: 'spoilt' })).toBe(true);
    expect(lost.has(chapter, { ...same, taskId: 'other', taskNonce: 2 })).toBe(false);
    expect(lost.has(chapter, { ...same, taskId: 'other', blockHash: 'other' })).toBe(false);
    expect(lost.has(chapter + 1, same)).toBe(false);
  });

  it('is kept aside whole, with when it entered which state', () => {
    lose({ state: 'spoilt' }, [
      ['planned', 3000],
      ['sent', 4000],
    ]);
    const [aside] = database.all('SELECT table_name AS "table", content, reason FROM set_aside') as {
      table: string;
      content: string;
      reason: string;
    }[];
    expect(aside).toMatchObject({ table: 'tasks', reason: 'damaged' });
    expect(JSON.parse(aside?.content ?? '')).toMatchObject({
      task_id: 'task 1',
      state: 'spoilt',
      account_nonce: '5',
      history: [
        { state: 'planned', at: 3000 },
        { state: 'sent', at: 4000 },
      ],
    });
  });

  it('is known by its transaction’s hash or nonce', () => {
    lose({});
    expect(lost.hasTransaction(chapter, 'd'.repeat(64), 99n)).toBe(true);
    expect(lost.hasTransaction(chapter, 'e'.repeat(64), 5n)).toBe(true);
    expect(lost.hasTransaction(chapter, 'e'.repeat(64), 6n)).toBe(false);
    expect(lost.hasTransaction(chapter + 1, 'd'.repeat(64), 5n)).toBe(false);
    lose({ account_nonce: null, tx_hash: null, raw: '{' });
    expect(lost.hasTransaction(chapter, 'e'.repeat(64), 6n)).toBe(true);
  });

  it.each(TASK_STATES)('holds its nonce where it may have been signed for: %s', (state) => {
    const frees = ['planned', 'computed', 'reserved', 'rejected', 'expired', 'abandoned', 'superseded'];
    lose({ state });
    expect(held()).toEqual(frees.includes(state) ? [] : [5n]);
    expect(lost.hasTransaction(chapter, 'd'.repeat(64), 5n)).toBe(!frees.includes(state));
  });

  it('holds it in a state that can’t be read, unless nothing of a transaction is there', () => {
    lose({ state: 'spoilt', account_nonce: null, tx_hash: null });
    expect(held()).toEqual([]);
    lose({ state: 'spoilt', account_nonce: '6', tx_hash: null });
    lose({ state: 'spoilt', account_nonce: null });
    lose({ state: 'spoilt', account_nonce: null, tx_hash: null, raw: '{}' });
    expect(lost.heldNonces(chapter, ACCOUNT)).toEqual(
      [6n, null, null].map((nonce) => ({ nonce, atMs: NOW })),
    );
  });

  it('holds each nonce that its record names, of the account that signed', () => {
    lose({ raw: serializeTransaction(SIGNED), account: OTHER });
    expect(held()).toEqual([5n, 7n]);
    expect(held(OTHER)).toEqual([]);
    lose({ raw: serializeTransaction(transaction(ALICE, 8)), account_nonce: '8' });
    lose({ raw: '{', account_nonce: '12' });
    for (const account_nonce of ['x5', '5x']) lose({ raw: '{', account_nonce });
    expect(held()).toEqual([5n, 7n, 8n, 12n, null, null]);
  });

  it('may be any account’s where its own can’t be read', () => {
    lose({ account: 'cpc1spoilt!' });
    expect([held(), held(OTHER)]).toEqual([[5n], [5n]]);
    lose({ account: OTHER, account_nonce: '6' });
    expect([held(), held(OTHER)]).toEqual([[5n], [5n, 6n]]);
  });
});

describe('the fee of a lost task', () => {
  const fees = (since = 0) => lost.feesSince(ACCOUNT, since);

  it.each<[string, number, boolean]>([
    ['planned', 1, false],
    ['computed', 1, false],
    ['reserved', 1, false],
    ['superseded', 1, false],
    ['signed', 0, true],
    ['sent', 1, true],
    ['proved', 1, true],
    ['rejected', 0, false],
    ['rejected', 1, true],
    ['abandoned', 0, false],
    ['expired', 2, true],
    ['spoilt', 0, true],
  ])('counts where it may be spent: %s after %i sends, %s', (state, sends, counts) => {
    lose({ state, sends });
    expect(fees()).toEqual(counts ? [{ atMs: 1000, units: 80n, nonce: `${chapter}/5` }] : []);
  });

  it('counts from when it was signed last, never later than now', () => {
    lose({}, [
      ['signed', 3000],
      ['sent', 3500],
      ['signed', 4000],
    ]);
    lose({ account_nonce: '6' }, [['signed', NOW + 1]]);
    expect(fees().map(({ atMs }) => atMs)).toEqual([4000, NOW]);
    expect(fees(3999)).toHaveLength(2);
    expect(fees(4000).map(({ nonce }) => nonce)).toEqual([`${chapter}/6`]);
    expect(lost.feesSince(OTHER, 0)).toEqual([]);
  });

  it('is what its bytes say where its own can’t be read, and none where they can’t either', () => {
    lose({ fee_units: 'x', raw: serializeTransaction(SIGNED), account_nonce: null });
    expect(fees()).toEqual([{ atMs: 1000, units: 21_000_000n, nonce: `${chapter}/7` }]);
    for (const fee_units of ['x', 'x1', '1x']) lose({ fee_units, raw: '{' });
    expect(fees()).toHaveLength(1);
    lose({ account_nonce: null });
    expect(fees()[1]?.nonce).toMatch(new RegExp(`^${chapter}/\\?\\d+$`));
  });
});

describe('a damaged row is made anew of its signed bytes', () => {
  const row: SqlRow = {
    raw: serializeTransaction(SIGNED),
    state: 'spoilt',
    account: 'spoilt',
    account_nonce: 'x',
    fee_units: 'x',
    tx_hash: 'x',
    sends: 0,
    task_id: 'order',
    engine: 'cpu',
    confirmed_height: 5,
    confirmed_index: 5,
    last_sent_at: 5,
  };
  const telling = { engine: null, timings: null, evidence: null, reason: null };

  it('for a transfer, sent as far as anybody knows', () => {
    expect(rebuiltRow(row)).toEqual({
      raw: row.raw,
      state: 'sent',
      account: ACCOUNT,
      account_nonce: '7',
      fee_units: '21000000',
      tx_hash: transactionHash(SIGNED),
      sends: 1,
      task_id: 'order',
      recipient: OTHER,
      amount_units: '1',
      by_hand: 1,
      confirmed_height: null,
      confirmed_index: null,
      last_sent_at: null,
      ...telling,
    });
  });

  it('for a result, in its state where that can be read', () => {
    const payload = { task_id: 'one', result_hash: 'c'.repeat(64) };
    const raw = serializeTransaction(
      transaction(ALICE, 7, { type: 'SUBMIT_RESULT', payload, to: null, amount: 0n }),
    );
    expect(rebuiltRow({ ...row, raw, state: 'confirmed', sends: 3 })).toMatchObject({
      state: 'confirmed',
      sends: 3,
      task_id: 'one',
      result_hash: 'c'.repeat(64),
      recipient: null,
      amount_units: null,
      confirmed_height: 5,
      confirmed_index: 5,
      last_sent_at: 5,
      ...telling,
    });
  });

  it('not where they are no bytes, of another kind, or signed by nobody', () => {
    const stake = serializeTransaction(transaction(ALICE, 7, { type: 'STAKE' }));
    const forged = serializeTransaction({ ...SIGNED, amount: 2n });
    for (const raw of [null, '{', '{}', stake, forged]) expect(rebuiltRow({ ...row, raw })).toBeNull();
  });
});
