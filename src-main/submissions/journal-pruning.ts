import type { Database } from '../storage/database';
import { inTransaction } from '../storage/transaction';
import { LIVE_STATES } from './task-states';

/** How much of the past is kept. */
export type PruningLimits = {
  /** The newest so many tasks keep their bytes, proof and evidence: some 7 hours of 5 s slots, about 60 MB. */
  readonly whole: number;
  /** The newest so many tasks keep their row; at 5 s slots almost six days. */
  readonly rows: number;
  /** Tasks changed at a time, so that the app stays fluent. */
  readonly batch: number;
};

export const PRUNING: PruningLimits = { whole: 5000, rows: 100_000, batch: 500 };

const FREED_PAGES_AT_A_TIME = 2000;
const LIVE = LIVE_STATES.map((state) => `'${state}'`).join(', ');

/**
 * Lets go of what is old: first a task's bytes, proof and evidence, much later the task. Nothing that is still being
 * worked on is touched, however old. Freed pages go back to the disk.
 * @returns how many tasks were changed; less than `batch` once all is done
 */
export function pruneJournal(
  database: Database,
  { whole, rows, batch }: PruningLimits = PRUNING,
): { readonly emptied: number; readonly deleted: number } {
  const { emptied, deleted } = inTransaction(database, () => {
    const lastWhole = lastIdBefore(database, whole);
    database.run(
      `DELETE FROM other_transactions
         WHERE task <= ? AND (SELECT state FROM tasks WHERE id = task) NOT IN (${LIVE})`,
      lastWhole,
    );
    return {
      deleted: database.run(
        `DELETE FROM tasks WHERE id IN (SELECT id FROM tasks
           WHERE id <= ? AND state NOT IN (${LIVE}) ORDER BY id LIMIT ?)`,
        lastIdBefore(database, rows),
        batch,
      ).changes,
      emptied: database.run(
        `UPDATE tasks SET raw = NULL, proof = NULL, evidence = NULL WHERE id IN (SELECT id FROM tasks
           WHERE id <= ? AND state NOT IN (${LIVE}) AND coalesce(raw, proof, evidence) IS NOT NULL
           ORDER BY id LIMIT ?)`,
        lastWhole,
        batch,
      ).changes,
    };
  });
  if (emptied + deleted > 0) database.exec(`PRAGMA incremental_vacuum(${FREED_PAGES_AT_A_TIME})`);
  return { emptied, deleted };
}

/** The id up to which tasks are older than the newest `count`, or 0. */
function lastIdBefore(database: Database, count: number): number {
  const row = database.get('SELECT id FROM tasks ORDER BY id DESC LIMIT 1 OFFSET ?', count) as
    | { id: number }
    | undefined;
  return row?.id ?? 0;
}
