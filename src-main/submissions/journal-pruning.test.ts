import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import { parseBlockHash } from '../../src-shared/chain/block';
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { TaskState } from '../../src-shared/ipc/task-state';
import { Chapters } from '../storage/chapters';
import { type Database, openDatabase } from '../storage/database';
import { Journal } from './journal';
import { pruneJournal } from './journal-pruning';
import type { TaskPatch } from './task-record';

const ACCOUNT = parseAddress('cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp');
const PROVED: TaskState[] = ['computed', 'reserved', 'signed', 'sent', 'confirmed', 'proved'];

let folder = '';
let database: Database;
let journal: Journal;
let chapter = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pruning-'));
  database = openDatabase(join(folder, 'miner.sqlite'), 0).database;
  journal = new Journal(database, () => 1);
  chapter = new Chapters(database).begin('node', 'cpc-devnet-1', 'a'.repeat(64), 0).id;
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

function add(nonce: number, ways: TaskState[], bytes = 100): void {
  const planned = journal.plan({
    chapter,
    account: ACCOUNT,
    taskId: `task ${nonce}`,
    blockHeight: nonce,
    blockHash: parseBlockHash('b'.repeat(64)),
    taskNonce: 0,
    matrixSize: 16,
  });
  if (planned === null) throw new Error('planned twice');
  const patches: Partial<Record<TaskState, TaskPatch>> = {
    computed: { proof: 'ab'.repeat(bytes) },
    reserved: { accountNonce: BigInt(nonce), feeUnits: 1n },
    signed: { raw: 'x'.repeat(bytes), txHash: String(nonce).padStart(64, '0') },
    confirmed: { confirmedHeight: nonce + 1, confirmedIndex: 0 },
    proved: { evidence: { checks: [], inclusion: null } },
  };
  ways.reduce((task, state) => journal.move(task, state, patches[state]), planned);
}

const all = () =>
  journal.list({ states: null, search: '', offset: 0, limit: 500 }).records.map((task) => ({
    nonce: task.blockHeight,
    state: task.state,
    whole: task.raw !== null || task.proof !== null || task.evidence !== null,
  }));

describe('pruning', () => {
  it('lets the bytes of old tasks go first, and much later the tasks, the oldest first', () => {
    for (let nonce = 0; nonce < 10; nonce += 1) add(nonce, PROVED);
    expect(pruneJournal(database, { whole: 3, rows: 6, batch: 100 })).toEqual({ emptied: 3, deleted: 4 });
    expect(all()).toEqual([
      ...[9, 8, 7].map((nonce) => ({ nonce, state: 'proved', whole: true })),
      ...[6, 5, 4].map((nonce) => ({ nonce, state: 'proved', whole: false })),
    ]);
    const orphans = database.get(
      'SELECT COUNT(*) AS n FROM task_history WHERE task NOT IN (SELECT id FROM tasks)',
    );
    expect(orphans).toMatchObject({ n: 0 });
    expect(pruneJournal(database, { whole: 3, rows: 6, batch: 100 })).toEqual({ emptied: 0, deleted: 0 });
  });

  it('touches nothing that is alive, however old', () => {
    const live: TaskState[][] = [[], ['computed'], ...[2, 3, 4, 5].map((count) => PROVED.slice(0, count))];
    for (const [nonce, ways] of live.entries()) add(nonce, ways);
    for (let nonce = 10; nonce < 20; nonce += 1) add(nonce, PROVED);
    const before = all().filter(({ nonce }) => nonce < 10);
    pruneJournal(database, { whole: 0, rows: 1, batch: 100 });
    expect(all().filter(({ nonce }) => nonce < 10)).toEqual(before);
    expect(journal.live(chapter)).toHaveLength(live.length);
  });

  it('lets go of what was signed before for tasks that are emptied or gone, and of nothing else', () => {
    for (let nonce = 0; nonce < 6; nonce += 1) add(nonce, [...PROVED.slice(0, 4), 'superseded']);
    for (const task of journal.supersededFrom(chapter, 0, 0)) {
      const again = journal.goAgain(task);
      if (again.blockHeight !== 1) journal.move(again, 'abandoned');
    }
    const kept = () => database.all('SELECT task FROM other_transactions ORDER BY task');
    expect(kept()).toHaveLength(6);
    pruneJournal(database, { whole: 3, rows: 100, batch: 100 });
    expect(kept()).toEqual([2, 4, 5, 6].map((task) => ({ task })));
    pruneJournal(database, { whole: 100, rows: 1, batch: 100 });
    expect(kept()).toEqual([2, 6].map((task) => ({ task })));
  });

  it('settles what it empties: a chain that goes back below it does not take it back', () => {
    for (let nonce = 0; nonce < 6; nonce += 1) add(nonce, PROVED);
    pruneJournal(database, { whole: 2, rows: 100, batch: 100 });
    expect(journal.confirmedFrom(chapter, 0).map(({ blockHeight }) => blockHeight)).toEqual([4, 5]);
    expect(journal.minedBlockUpTo(chapter, 3)?.height).toBe(2);
    expect(journal.lowestMinedBlock(chapter)?.height).toBe(0);
  });

  it('leaves no nonce taken by what it emptied once the chain has gone back below it', () => {
    for (let nonce = 0; nonce < 6; nonce += 1) add(nonce, PROVED);
    pruneJournal(database, { whole: 2, rows: 100, batch: 100 });
    const reason = toErrorReport(new AppError('tx_rejected', 'The chain went back.', {}));
    expect(journal.expirePruned(chapter, 3, reason)).toBe(2);
    expect(journal.expirePruned(chapter, 3, reason)).toBe(0);
    expect(
      all()
        .map(({ state }) => state)
        .reverse(),
    ).toEqual(['proved', 'proved', 'expired', 'expired', 'proved', 'proved']);
    const ended = journal.byTaskId('task 3');
    expect(ended).toMatchObject({ confirmedHeight: null, reason: { code: 'tx_rejected' } });
    expect(ended && journal.history(ended).at(-1)?.state).toBe('expired');
  });

  it('goes batch by batch, so that it never holds the app up for long', () => {
    for (let nonce = 0; nonce < 10; nonce += 1) add(nonce, PROVED);
    const limits = { whole: 0, rows: 100, batch: 4 };
    expect([1, 2, 3].map(() => pruneJournal(database, limits).emptied)).toEqual([4, 4, 2]);
  });

  it('gives the room back to the disk', () => {
    for (let nonce = 0; nonce < 60; nonce += 1) add(nonce, PROVED, 20_000);
    const before = Number(database.pragma('page_count'));
    pruneJournal(database, { whole: 5, rows: 100, batch: 100 });
    expect(Number(database.pragma('page_count'))).toBeLessThan(before / 4);
    expect(Number(database.pragma('freelist_count'))).toBe(0);
  });

  it('gives the room of whole tasks back too', () => {
    for (let nonce = 0; nonce < 20; nonce += 1) add(nonce, PROVED, 20_000);
    const before = Number(database.pragma('page_count'));
    expect(pruneJournal(database, { whole: 5, rows: 5, batch: 100 })).toEqual({ emptied: 0, deleted: 15 });
    expect(Number(database.pragma('page_count'))).toBeLessThan(before / 2);
    expect(Number(database.pragma('freelist_count'))).toBe(0);
  });
});
