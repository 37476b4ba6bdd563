import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { type Database, openDatabase } from '../storage/database';
import { keepPruned } from './keep-pruned';

const LIMITS = { whole: 5, rows: 20, batch: 4 };

let database: Database;
let clock: VirtualClock;
let errors: unknown[];
let stop: () => void;

beforeEach(() => {
  ({ database } = openDatabase(':memory:', 0));
  database.exec(
    "INSERT INTO chapters (id, node, chain_id, genesis_hash, started_at) VALUES (1, 'n', 'c', 'g', 0)",
  );
  clock = new VirtualClock();
  errors = [];
  stop = keepPruned(database, clock, (error) => errors.push(error), LIMITS);
});
afterEach(() => database.close());

/** So many tasks that have ended, in rows from one on. */
function add(count: number, from: number, proof = "'01'"): void {
  database.exec(
    `INSERT INTO tasks (id, chapter, account, task_id, block_height, block_hash, task_nonce, matrix_size, state, proof,
         created_at, updated_at)
       WITH RECURSIVE n (x) AS (SELECT ${from} UNION ALL SELECT x + 1 FROM n WHERE x < ${from + count - 1})
       SELECT x, 1, 'a', 'task ' || x, x, printf('%064x', x), 0, 8, 'rejected', ${proof}, 0, 0 FROM n`,
  );
}

const count = (where: string) =>
  (database.get(`SELECT count(*) AS n FROM tasks WHERE ${where}`) as { n: number }).n;
const withProof = () => count('proof IS NOT NULL');

describe('the journal', () => {
  it('is pruned a minute after the start, batch after batch, and then every ten minutes', async () => {
    add(10, 1);
    await clock.advance(59_999);
    expect(withProof()).toBe(10);
    await clock.advance(1);
    expect(withProof()).toBe(6);
    await clock.advance(199);
    expect(withProof()).toBe(6);
    await clock.advance(1);
    expect(withProof()).toBe(5);
    add(1, 11);
    await clock.advance(599_999);
    expect(withProof()).toBe(6);
    await clock.advance(1);
    expect(withProof()).toBe(5);
    stop();
    add(1, 12);
    await clock.advance(3_600_000);
    expect([withProof(), errors]).toEqual([6, []]);
  });

  it('loses whole tasks batch after batch too', async () => {
    add(25, 1, 'NULL');
    await clock.advance(60_000);
    expect(count('1')).toBe(21);
    await clock.advance(200);
    expect(count('1')).toBe(20);
  });

  it('is pruned the next time where it could not be', async () => {
    add(6, 1);
    database.exec('ALTER TABLE tasks RENAME TO elsewhere');
    await clock.advance(60_000);
    expect(errors).toMatchObject([{ code: expect.stringMatching(/^database_/) }]);
    database.exec('ALTER TABLE elsewhere RENAME TO tasks');
    await clock.advance(599_999);
    expect(withProof()).toBe(6);
    await clock.advance(1);
    expect([withProof(), errors.length]).toEqual([5, 1]);
  });
});
