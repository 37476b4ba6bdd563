import type { Database } from '../../../src-main/storage/database';
import { mapDiskError } from '../../../src-main/storage/disk-error';

/** What becomes of the next commit. */
export type CommitCourse = 'kept' | 'crash_before' | 'crash_after';

/** What happens to a database from outside. */
export type DatabaseFaults = {
  /** Whether a statement that writes finds no room. */
  readonly isFull: () => boolean;
  readonly onCommit: () => CommitCourse;
  /** The process ends here: what runs on in this turn does so in vain. */
  readonly crash: () => void;
};

/** Has a database fail as its disk does, and end its miner at a commit. */
export function spoilDatabase(database: Database, { isFull, onCommit, crash }: DatabaseFaults): void {
  const run = database.run.bind(database);
  database.run = (sql, ...values) => {
    if (sql === 'COMMIT') {
      const course = onCommit();
      if (course === 'crash_before') {
        // The library would hold the lock of a transaction that was left open.
        run('ROLLBACK');
        end();
      }
      const done = run(sql);
      if (course === 'crash_after') end();
      return done;
    }
    if (isFull() && /^\s*(?:INSERT|UPDATE|DELETE)/.test(sql)) {
      const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
      throw mapDiskError(full, database.path);
    }
    return run(sql, ...values);
  };
  function end(): void {
    database.close();
    crash();
  }
}
