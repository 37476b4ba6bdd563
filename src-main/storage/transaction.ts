import type { Database } from './database';

/** Runs `work` in one transaction, or as part of the one it is in: all of it or nothing. @throws AppError `disk_full`, `database_failed`; what `work` throws */
export function inTransaction<T>(database: Database, work: () => T): T {
  if (database.inTransaction) return work();
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
