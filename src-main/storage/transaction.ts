import type { Database } from './database';

/**
 * Whether a commit is on the disk when it returns, as all are unless it is said otherwise. One that is not outlives the
 * app's end but not the machine's: a power cut may take it back, and all after it, up to the next one that is flushed.
 */
export type Flush = 'flushed' | 'unflushed';

/**
 * Runs `work` in one transaction, or as part of the one it is in: all of it or nothing.
 * @throws AppError `disk_full`, `database_failed`; what `work` throws
 */
export function inTransaction<T>(database: Database, work: () => T, flush: Flush = 'flushed'): T {
  if (database.inTransaction) return work();
  database.flushCommits(flush === 'flushed');
  try {
    database.run('BEGIN IMMEDIATE');
    const value = work();
    database.run('COMMIT');
    return value;
  } catch (error) {
    if (database.inTransaction) database.run('ROLLBACK');
    throw error;
  }
}
