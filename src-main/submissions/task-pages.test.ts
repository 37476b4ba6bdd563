import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskState } from '../../src-shared/ipc/task-state';
import { systemClock } from '../clock/clock';
import { type Database, openDatabase } from '../storage/database';
import { Journal } from './journal';
import { taskPages } from './task-pages';
import type { TaskChoice } from './task-query';

const ACCOUNT = 'cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp';
const ALL: TaskChoice = { states: null, search: '' };

let folder = '';
let database: Database;
let journal: Journal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'));
  database = openDatabase(join(folder, 'miner.sqlite'), 0).database;
  journal = new Journal(database, () => 1);
  database.exec(
    "INSERT INTO chapters (id, node, chain_id, genesis_hash, started_at) VALUES (1, 'n', 'c', 'g', 0)",
  );
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

/** Tasks of rows from one on, every tenth rejected. */
function add(count: number, from = 1): void {
  database.exec(`
    INSERT INTO tasks (id, chapter, account, task_id, block_height, block_hash, task_nonce, matrix_size, state, created_at, updated_at)
      WITH RECURSIVE n (x) AS (SELECT ${from} UNION ALL SELECT x + 1 FROM n WHERE x < ${from + count - 1})
      SELECT x, 1, '${ACCOUNT}', 'task ' || x, x, printf('%064x', x), 0, 8,
        iif(x % 10 = 0, 'rejected', 'abandoned'), 0, 0 FROM n`);
}

async function ids(choice: TaskChoice, signal = new AbortController().signal): Promise<number[]> {
  const all: number[] = [];
  for await (const page of taskPages(journal, choice, systemClock, signal))
    all.push(...page.map(({ id }) => id));
  return all;
}

describe('the pages of a choice', () => {
  it('are every task of it once, newest first, as the list has them', async () => {
    add(1050, 7000);
    const all = await ids(ALL);
    expect(all).toHaveLength(1050);
    expect(all).toEqual(all.toSorted((a, b) => b - a));
    const states: TaskState[] = ['rejected'];
    const { total } = journal.list({ states, search: 'task 7', offset: 0, limit: 1 });
    expect(await ids({ states, search: 'task 7' })).toHaveLength(total);
    expect(await ids({ states: [], search: '' })).toEqual([]);
  });

  it('are one of one task', async () => {
    add(1, 7);
    expect(await ids(ALL)).toEqual([7]);
  });

  it('are none of an empty journal', async () => {
    expect(await ids(ALL)).toEqual([]);
  });

  it('leave out what is planned meanwhile', async () => {
    add(250);
    const pages = taskPages(journal, ALL, systemClock, new AbortController().signal);
    await pages.next();
    add(10, 251);
    const rest: number[] = [];
    for await (const page of pages) rest.push(...page.map(({ id }) => id));
    expect(Math.max(...rest)).toBe(150);
  });

  it('end where nobody wants them any more', async () => {
    add(10);
    await expect(ids(ALL, AbortSignal.abort(new Error('the window is gone')))).rejects.toThrow('gone');
  });
});
