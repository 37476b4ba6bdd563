import { join } from 'node:path';
import { openDatabase } from '../../../src-main/storage/database';
import { PRUNING } from '../../../src-main/submissions/journal-pruning';

const SLOT_MS = 5000;

/**
 * Fills the journal of a profile that mined a little, and whose app has ended, as days of mining would: its newest proved
 * task again and again, on an older chain, back in time, a slot apart, with an id, hashes and a history of its own.
 * @param count how many tasks there are in all, then
 */
export function fillJournal(profile: string, count: number): void {
  const { database } = openDatabase(join(profile, 'miner.sqlite'), Date.now());
  const all = (database.all('PRAGMA table_info(tasks)') as { name: string }[]).map(({ name }) => name);
  const own: Record<string, string> = {
    // What was there stays the newest.
    id: 'id - number',
    chapter: '?',
    task_id:
      "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-5' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))",
    block_height: 'block_height + 200000 - number',
    block_hash: 'lower(hex(randomblob(32)))',
    result_hash: 'lower(hex(randomblob(32)))',
    tx_hash: 'lower(hex(randomblob(32)))',
    account_nonce: 'CAST(number AS TEXT)',
    confirmed_height: 'confirmed_height + 200000 - number',
    created_at: `created_at - number * ${SLOT_MS}`,
    updated_at: `updated_at - number * ${SLOT_MS}`,
    // As pruning leaves them.
    raw: `CASE WHEN number < ${PRUNING.whole} THEN raw END`,
    proof: `CASE WHEN number < ${PRUNING.whole} THEN proof END`,
    evidence: `CASE WHEN number < ${PRUNING.whole} THEN evidence END`,
  };
  database.run('BEGIN IMMEDIATE');
  // Room for the ids of what is older.
  database.exec('PRAGMA defer_foreign_keys = ON');
  database.run('UPDATE task_history SET task = task + ?', count);
  database.run('UPDATE tasks SET id = id + ?', count);
  const { id, total } = database.get(
    "SELECT (SELECT max(id) FROM tasks WHERE state = 'proved') AS id, (SELECT count(*) FROM tasks) AS total",
  ) as { id: number; total: number };
  const missing = Math.max(0, count - total);
  database.run(
    `INSERT INTO chapters (node, chain_id, genesis_hash, started_at, ended_at)
     SELECT node, chain_id, lower(hex(randomblob(32))), started_at, started_at FROM chapters LIMIT 1`,
  );
  const chapter = database.get('SELECT max(id) AS id FROM chapters') as { id: number };
  database.run(
    `WITH RECURSIVE numbers (number) AS (SELECT CAST(? AS INTEGER) UNION ALL SELECT number + 1 FROM numbers WHERE number < ?)
     INSERT INTO tasks (${all.join(', ')}) SELECT ${all.map((name) => own[name] ?? name).join(', ')}
     FROM tasks, numbers WHERE tasks.id = ?`,
    total,
    total + missing - 1,
    chapter.id,
    id,
  );
  database.run(
    `INSERT INTO task_history (task, state, at)
     SELECT tasks.id, history.state, history.at - (? - tasks.id) * ${SLOT_MS}
     FROM tasks JOIN task_history history ON history.task = ? WHERE tasks.id <= ?`,
    id,
    id,
    id - total,
  );
  database.run('COMMIT');
  database.close();
}
