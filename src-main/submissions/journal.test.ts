import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { parseBlockHash } from '../../src-shared/chain/block';
import { TASK_STATES, type TaskState } from '../../src-shared/ipc/task-state';
import { Chapters } from '../storage/chapters';
import { type Database, openDatabase } from '../storage/database';
import { Journal, type PlannedTask } from './journal';
import type { TaskRecord } from './task-record';
import { LIVE_STATES, TRANSITIONS } from './task-states';

const ACCOUNT = parseAddress('cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp');

let folder = '';
let database: Database;
let journal: Journal;
let chapter = 0;
let clock = 1000;

const open = () => {
  database = openDatabase(join(folder, 'miner.sqlite'), 0).database;
  journal = new Journal(database, () => ++clock);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  open();
  chapter = new Chapters(database).begin('node', 'cpc-devnet-1', 'a'.repeat(64), 0).id;
});
afterEach(() => rmSync(folder, { recursive: true }));

const task = (taskId: string, blockHeight = 7): PlannedTask => ({
  chapter,
  account: ACCOUNT,
  taskId,
  blockHeight,
  blockHash: parseBlockHash('b'.repeat(64)),
  taskNonce: 0,
  matrixSize: 16,
});
const plan = (taskId: string): TaskRecord => {
  const record = journal.plan(task(taskId));
  if (record === null) throw new Error('planned twice');
  return record;
};
const to = (record: TaskRecord, ...states: TaskState[]) =>
  states.reduce((at, state) => journal.move(at, state), record);

describe('the journal', () => {
  it('plans a task once in a chapter', () => {
    expect(plan('one').state).toBe('planned');
    expect(journal.plan(task('one'))).toBeNull();
  });

  it('has what is sent on the disk before it returns; what is found again after a power cut may come with the next', () => {
    const NORMAL = 1;
    const FULL = 2;
    const levels: unknown[] = [];
    const run = database.run.bind(database);
    vi.spyOn(database, 'run').mockImplementation((sql, ...values) => {
      if (sql === 'COMMIT') levels.push(database.pragma('synchronous'));
      return run(sql, ...values);
    });
    const sent = to(plan('one'), 'computed', 'reserved', 'signed', 'sent');
    expect(levels).toEqual([NORMAL, NORMAL, FULL, FULL, FULL]);
    to(sent, 'in_pool', 'confirmed', 'proved');
    expect(levels.slice(5)).toEqual([NORMAL, NORMAL, NORMAL]);
    journal.addComputed(task('of a job'), { resultHash: 'c'.repeat(64) });
    expect(levels.at(-1)).toBe(FULL);
    journal.inOneCommit(() => plan('two'), 'unflushed');
    expect(levels.at(-1)).toBe(NORMAL);
    journal.inOneCommit(() => plan('three'));
    expect(levels.at(-1)).toBe(FULL);
  });

  it('makes one commit of several changes, or none of them, and tells of each after it', () => {
    const told: string[] = [];
    journal.onChange(({ taskId, state }) => told.push(`${taskId} ${state} ${database.inTransaction}`));
    const change = () => {
      const planned = plan('one');
      plan('two');
      return to(planned, 'computed').state;
    };
    const failing = () => {
      change();
      throw new Error('in the midst of it');
    };
    expect(() => journal.inOneCommit(failing)).toThrow('in the midst of it');
    expect([journal.newest(9), told]).toEqual([[], []]);
    expect(journal.inOneCommit(() => journal.inOneCommit(change))).toBe('computed');
    expect(told).toEqual(['one planned false', 'two planned false', 'one computed false']);
  });

  it('has committed when it returns: another connection sees it', () => {
    plan('one');
    const other = new Journal(openDatabase(join(folder, 'miner.sqlite'), 0).database, () => 0);
    expect(other.byTaskId('one')?.state).toBe('planned');
  });

  it('keeps every digit of fees and nonces, and the raw bytes as they are', () => {
    const feeUnits = 123456789012345678901234567890n;
    const raw = '{"amount":1e400,"text":"Ёж 😀"}';
    const reserved = journal.move(to(plan('one'), 'computed'), 'reserved', {
      feeUnits,
      accountNonce: 2n ** 60n,
    });
    const signed = journal.move(reserved, 'signed', { raw, txHash: 'c'.repeat(64) });
    expect(signed).toMatchObject({ feeUnits, accountNonce: 2n ** 60n, raw });
  });

  it('remembers when a task entered each state', () => {
    const record = to(plan('one'), 'computed', 'abandoned');
    const history = journal.history(record);
    expect(history.map(({ state }) => state)).toEqual(['planned', 'computed', 'abandoned']);
    expect(history.map(({ atMs }) => atMs)).toEqual(
      [...history.map(({ atMs }) => atMs)].sort((a, b) => a - b),
    );
  });

  it('allows the moves of the table and no others', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.array(fc.constantFrom(...TASK_STATES), { maxLength: 8 }), (taskId, path) => {
        let at = plan(taskId);
        for (const next of path) {
          if (TRANSITIONS[at.state].includes(next)) at = journal.move(at, next);
          else expect(() => journal.move(at, next)).toThrow("can't go");
          expect(journal.byTaskId(taskId)?.state).toBe(at.state);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has at most one live transaction for a nonce', () => {
    journal.move(to(plan('one'), 'computed'), 'reserved', { accountNonce: 5n });
    const two = to(plan('two'), 'computed');
    expect(() => journal.move(two, 'reserved', { accountNonce: 5n })).toThrow();
    expect(journal.byTaskId('two')?.state).toBe('computed');
    expect(journal.move(two, 'reserved', { accountNonce: 6n }).accountNonce).toBe(6n);
  });

  it('frees the nonce of a transaction that has ended without being in a block', () => {
    const one = journal.move(to(plan('one'), 'computed'), 'reserved', { accountNonce: 5n });
    to(one, 'signed', 'sent', 'rejected');
    expect(journal.move(to(plan('two'), 'computed'), 'reserved', { accountNonce: 5n }).state).toBe(
      'reserved',
    );
  });

  it('does not move a task on from a state it has left', () => {
    const stale = plan('one');
    journal.move(stale, 'computed');
    expect(() => journal.move(stale, 'abandoned')).toThrow('no longer planned');
  });

  it('lists what is alive, oldest first, and what has ended apart', () => {
    to(plan('one'), 'abandoned');
    plan('two');
    to(plan('three'), 'computed');
    expect(journal.live(chapter).map(({ taskId }) => taskId)).toEqual(['two', 'three']);
    expect(LIVE_STATES).not.toContain('proved');
  });

  it('finds tasks by a part of their id or by height, page by page, and takes % and _ as they are', () => {
    for (const id of ['aa-1', 'aa-2', 'bb_3']) plan(id);
    const query = { states: null, search: 'aa', offset: 1, limit: 1 };
    expect(journal.list(query)).toMatchObject({ total: 2, records: [{ taskId: 'aa-1' }] });
    expect(journal.list({ ...query, search: '%', offset: 0 }).total).toBe(0);
    expect(journal.list({ ...query, search: 'b_3', offset: 0 }).total).toBe(1);
    expect(journal.list({ ...query, search: '7', offset: 0 }).total).toBe(3);
    expect(journal.list({ ...query, search: '', states: [], offset: 0 }).total).toBe(0);
  });

  it("counts the fee of what was sent and ended on a node's word, and each nonce once", () => {
    const send = (taskId: string, accountNonce: bigint, feeUnits: bigint) => {
      const reserved = journal.move(to(plan(taskId), 'computed'), 'reserved', { accountNonce, feeUnits });
      return journal.move(to(reserved, 'signed'), 'sent', { sends: 1 });
    };
    const units = () => journal.feesSince(ACCOUNT, 0).map((fee) => fee.units);
    to(send('dropped', 1n, 10n), 'rejected');
    expect(units()).toEqual([10n]);
    to(send('expired', 2n, 20n), 'expired');
    to(send('again', 1n, 3n), 'in_pool');
    expect(units()).toEqual([20n, 10n]);
    to(send('lost its nonce', 3n, 30n), 'superseded');
    const never = journal.move(to(plan('never sent'), 'computed'), 'reserved', {
      accountNonce: 4n,
      feeUnits: 40n,
    });
    to(never, 'signed', 'abandoned');
    expect(units()).toEqual([20n, 10n]);
  });

  it('counts milestones once a task', () => {
    const since = clock;
    to(plan('one'), 'computed', 'reserved', 'signed', 'sent', 'confirmed', 'proved');
    to(plan('two'), 'computed');
    expect(journal.countSince(since)).toEqual({ computed: 2, accepted: 1, proved: 1 });
    expect(journal.countSince(clock + 1)).toEqual({ computed: 0, accepted: 0, proved: 0 });
  });

  it('counts a fee at the time of its last signing, by the nonce that it is for now, and none that a person sent', () => {
    const fees = (since = 0) => journal.feesSince(ACCOUNT, since);
    const reserve = (record: TaskRecord, accountNonce: bigint) =>
      journal.move(record, 'reserved', { accountNonce, feeUnits: 10n });
    expect(fees()).toEqual([]);
    const first = to(reserve(to(plan('one'), 'computed'), 1n), 'signed', 'sent', 'superseded');
    expect(fees()).toEqual([]);
    const before = clock;
    const again = to(reserve(to(first, 'computed'), 2n), 'signed');
    expect(fees(before)).toMatchObject([{ units: 10n }]);
    const two = to(reserve(to(plan('two'), 'computed'), 3n), 'signed');
    expect(fees()).toHaveLength(2);
    journal.note(two, { accountNonce: 4n });
    expect(fees()).toHaveLength(2);
    to(journal.move(again, 'sent', { sends: 1 }), 'abandoned');
    expect(fees()).toHaveLength(2);
    journal.note(two, { accountNonce: 2n });
    expect(fees()).toHaveLength(1);
    journal = new Journal(database, () => ++clock);
    expect(fees(clock)).toEqual([]);
    expect(fees(before)).toHaveLength(1);
    const byHand = journal.plan({ ...task('by hand'), byHand: true });
    if (byHand === null) throw new Error('planned twice');
    to(reserve(byHand, 9n), 'signed', 'sent');
    expect(fees(before)).toHaveLength(1);
  });

  it('is not read anew for what it changed itself, of one chapter and account', () => {
    const reserved = journal.move(to(plan('one'), 'computed'), 'reserved', {
      accountNonce: 5n,
      feeUnits: 10n,
    });
    const readings: string[] = [];
    const all = database.all.bind(database);
    vi.spyOn(database, 'all').mockImplementation((sql, ...values) => {
      if (!sql.includes('FROM lost_tasks')) readings.push(sql);
      return all(sql, ...values);
    });
    const look = () => [
      journal.live(chapter),
      journal.feesSince(ACCOUNT, 0).map(({ units }) => units),
      journal.highestConfirmedNonce(chapter, ACCOUNT),
    ];
    expect(look()).toEqual([[reserved], [], null]);
    expect(readings).toHaveLength(3);
    const signed = to(reserved, 'signed');
    const two = plan('two');
    expect(look()).toEqual([[signed, two], [10n], null]);
    const confirmed = to(signed, 'sent', 'confirmed');
    expect(look()).toEqual([[confirmed, two], [10n], 5n]);
    to(confirmed, 'proved');
    const noted = journal.note(two, { sends: 3 });
    expect(look()).toEqual([[noted], [10n], 5n]);
    expect(readings).toHaveLength(3);
    const { feeUnits } = to(plan('three'), 'computed', 'abandoned');
    expect([feeUnits, ...look()]).toEqual([null, [noted], [10n], 5n]);
    expect(readings).toHaveLength(3);
  });

  it('goes by what others changed in the table too', () => {
    const one = plan('one');
    const two = plan('two');
    expect(journal.live(chapter).map(({ matrixSize }) => matrixSize)).toEqual([16, 16]);
    database.run('UPDATE tasks SET matrix_size = 32 WHERE id = ?', one.id);
    to(two, 'computed');
    expect(journal.live(chapter).map(({ matrixSize }) => matrixSize)).toEqual([32, 16]);
  });

  it('answers of what is under way, of fees and of nonces as it reads them anew, whatever was changed, taken back or damaged', () => {
    let planned = 0;
    const planNext = () => journal.plan({ ...task(`task ${++planned}`), taskNonce: planned });
    const other = new Chapters(database).begin('another node', 'cpc-devnet-1', 'c'.repeat(64), 0).id;
    const moveOn = (record: TaskRecord, choice: number) => {
      const next = TRANSITIONS[record.state][choice % TRANSITIONS[record.state].length] ?? record.state;
      const nonce = { accountNonce: BigInt(record.id), feeUnits: BigInt(choice) };
      return journal.move(record, next, next === 'reserved' ? nonce : {});
    };
    const steps: Record<string, (record: TaskRecord, choice: number) => unknown> = {
      plan: planNext,
      move: moveOn,
      sign: (record) => LIVE_STATES.slice(0, 4).reduce((at) => moveOn(at, 0), record),
      moveAll: (record) =>
        journal.moveAll([record], TRANSITIONS[record.state][0] ?? record.state, () => ({})),
      note: (record, choice) =>
        journal.note(record, { feeUnits: BigInt(choice), accountNonce: BigInt(record.id), sends: choice }),
      adopt: (record) => journal.adopt(record, record.chapter === chapter ? other : chapter),
      together: (record, choice) => journal.inOneCommit(() => [moveOn(record, choice), planNext()]),
      takeBack: (record, choice) =>
        expect(() =>
          journal.inOneCommit(() => {
            moveOn(record, choice);
            throw new Error('no');
          }),
        ).toThrow(),
      setAside: (record) => journal.setAside(record, 'no longer wanted'),
      elsewhere: ({ id }) => database.run("UPDATE tasks SET fee_units = '77' WHERE id = ?", id),
      forget: ({ id }) => database.run('UPDATE task_history SET at = at - 10 WHERE task = ?', id),
    };
    // One chapter at a time is kept up: first the one that was asked about last.
    const chapters = [chapter, other, chapter];
    const ofBoth = (from: Journal) => ({
      live: chapters.map((one) => from.live(one)),
      fees: from.feesSince(ACCOUNT, clock - 60),
      nonces: chapters.map((one) => from.highestConfirmedNonce(one, ACCOUNT)),
    });
    const step = fc.constantFrom(...Object.keys(steps), 'move', 'move', 'sign');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(step, fc.nat(3), fc.nat(5), fc.boolean()), { minLength: 10, maxLength: 60 }),
        (path) => {
          planNext();
          for (const [name, back, choice, isLast] of path) {
            const newest = journal.newest(4);
            const record = newest[Math.min(back, newest.length - 1)];
            if (record !== undefined) steps[name]?.(record, choice);
            if (isLast) expect(ofBoth(journal)).toEqual(ofBoth(new Journal(database, () => clock)));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
