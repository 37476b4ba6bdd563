import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { parseBlockHash } from '../../src-shared/chain/block';
import { dayName } from '../clock/calendar';
import { type Database, openDatabase } from '../storage/database';
import { SettingsStore } from '../storage/settings-store';
import { Journal } from '../submissions/journal';
import { pruneJournal } from '../submissions/journal-pruning';
import { ResultDays, ROWS_AT_A_TIME } from './result-days';

const DAY = 86_400_000;
const ACCOUNT = parseAddress('cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp');

let folder = '';
let database: Database;
let journal: Journal;
let now: number;
let days: ResultDays;
let taskNonce: number;

function open(): void {
  database = openDatabase(join(folder, 'miner.sqlite'), now).database;
  journal = new Journal(database, () => now);
  days = new ResultDays(database, new SettingsStore(database), () => now);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'days-'));
  now = new Date(2026, 10, 20, 12).getTime();
  taskNonce = 0;
  open();
  database.exec(
    "INSERT INTO chapters (id, node, chain_id, genesis_hash, started_at) VALUES (1, 'n', 'c', 'g', 0)",
  );
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

/** A task, computed now. */
function compute() {
  taskNonce += 1;
  const planned = journal.plan({
    chapter: 1,
    account: ACCOUNT,
    taskId: `task ${taskNonce}`,
    blockHeight: 7,
    blockHash: parseBlockHash('ab'.repeat(32)),
    taskNonce,
    matrixSize: 8,
  });
  if (planned === null) throw new Error('planned before');
  return journal.move(planned, 'computed');
}

/** The same, on to its proof. */
function prove() {
  const nonce = { accountNonce: BigInt(taskNonce), txHash: `${taskNonce}`.padStart(64, '0') };
  const reserved = journal.move(compute(), 'reserved', { ...nonce, feeUnits: 1n });
  const confirmed = journal.move(journal.move(reserved, 'signed', { raw: '{}' }), 'confirmed', {
    confirmedHeight: 8,
  });
  return journal.move(confirmed, 'proved');
}

const today = () => days.last(1).days[0];

describe('results by the day', () => {
  it('are counted once for each milestone, on the day of it', () => {
    prove();
    compute();
    days.count();
    expect(days.count()).toBe(true);
    expect(today()).toEqual({ day: '2026-11-20', computed: 2, accepted: 1, proved: 1 });
    now += DAY;
    prove();
    days.count();
    expect(days.last(3)).toEqual({
      days: [
        { day: '2026-11-19', computed: 0, accepted: 0, proved: 0 },
        { day: '2026-11-20', computed: 2, accepted: 1, proved: 1 },
        { day: '2026-11-21', computed: 1, accepted: 1, proved: 1 },
      ],
      since: '2026-11-20',
    });
  });

  it('are told at once, and counted later', () => {
    prove();
    expect(days.last(1)).toMatchObject({ days: [{ computed: 1, proved: 1 }], since: '2026-11-20' });
    days.count();
    expect(days.last(1)).toMatchObject({ days: [{ computed: 1, proved: 1 }], since: '2026-11-20' });
  });

  it('count a task once, whatever the chain does', () => {
    const proved = prove();
    days.count();
    const again = journal.move(proved, 'sent', { confirmedHeight: null });
    journal.move(journal.move(again, 'confirmed', { confirmedHeight: 9 }), 'proved');
    days.count();
    expect(today()).toMatchObject({ computed: 1, accepted: 1, proved: 1 });
  });

  it('stay as they are when the journal lets go of the tasks, and over a restart', () => {
    for (let count = 0; count < 3; count += 1) prove();
    days.count();
    pruneJournal(database, { whole: 1, rows: 1, batch: 100 });
    days.count();
    database.close();
    open();
    days.count();
    prove();
    days.count();
    expect(today()).toMatchObject({ computed: 4, proved: 4 });
  });

  it('have what an earlier version recorded, a bounded number of rows at a time', () => {
    database.exec(`
      INSERT INTO tasks (chapter, account, task_id, block_height, block_hash, task_nonce, matrix_size, state, created_at, updated_at)
        WITH RECURSIVE n (x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < ${ROWS_AT_A_TIME - 1})
        SELECT 1, 'a', 'old ' || x, 1, 'b', x, 8, 'proved', ${now - 3 * DAY}, ${now} FROM n;
      INSERT INTO task_history (task, state, at) SELECT id, 'computed', created_at FROM tasks;
      INSERT INTO task_history (task, state, at) SELECT id, 'proved', created_at FROM tasks`);
    expect([days.count(), days.count(), days.count()]).toEqual([false, false, true]);
    expect(days.last(4).days[0]).toMatchObject({ computed: ROWS_AT_A_TIME, proved: ROWS_AT_A_TIME });
  });

  it('that a clock which was wrong dated later than now count as of today', () => {
    now += 30 * DAY;
    compute();
    now -= 30 * DAY;
    days.count();
    expect(today()).toMatchObject({ computed: 1 });
  });

  it('that are damaged are set aside', () => {
    compute();
    days.count();
    database.exec('UPDATE history_days SET proved = -5');
    expect(today()).toMatchObject({ computed: 0 });
    expect(database.all('SELECT table_name FROM set_aside')).toEqual([{ table_name: 'history_days' }]);
  });

  it('are not counted twice where it was lost how far they are', () => {
    prove();
    days.count();
    database.exec("UPDATE settings SET value = '{' WHERE name = 'history.counted'");
    days.count();
    compute();
    days.count();
    expect(today()).toMatchObject({ computed: 2, proved: 1 });
  });

  it('are kept for ten years', () => {
    days.count();
    database.exec(`INSERT INTO history_days
      WITH RECURSIVE n (x) AS (SELECT 10000000 UNION ALL SELECT x + 1 FROM n WHERE x < 10004999)
      SELECT x, 0, 0, 0 FROM n`);
    compute();
    days.count();
    days.prune();
    expect(database.get('SELECT count(*) AS count FROM history_days')).toMatchObject({ count: 3660 });
    expect(today()?.day).toBe(dayName(now));
    expect(today()?.computed).toBe(1);
  });

  it('are read without a walk through the trail', () => {
    const plan = database.all(
      `EXPLAIN QUERY PLAN SELECT h.rowid AS row, h.state AS state, h.at AS at, NOT EXISTS (
         SELECT 1 FROM task_history e WHERE e.task = h.task AND e.state = h.state AND e.rowid < h.rowid) AS isFirst
       FROM task_history h WHERE h.rowid > ? ORDER BY h.rowid LIMIT ?`,
      1,
      1,
    ) as { detail: string }[];
    expect(plan.filter(({ detail }) => /SCAN (h|e)\b/.test(detail))).toEqual([]);
  });
});
