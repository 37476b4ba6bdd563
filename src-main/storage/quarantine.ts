import { type SelfCheckFailure, selfCheckFailureSchema } from '../../src-shared/compute/lane-status';
import type { Database } from './database';
import { fitting } from './set-aside';
import { inTransaction } from './transaction';

/** So many wrong results within the window, and the adapter is used no more (matrix-mult-v1.md, "Self-check"). */
export const MOST_FAILURES = 3;
const WINDOW_MS = 60 * 60_000;
const SHOWN_MS = 24 * 60 * 60_000;

/** Each adapter's wrong results, and which adapters are not used because of them. */
export class Quarantine {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Since when an adapter is not used, ms since the epoch; null where it is. */
  since(adapter: string): number | null {
    const row = this.#database.get('SELECT since FROM quarantines WHERE adapter = ?', adapter) as
      | { since: number }
      | undefined;
    return row?.since ?? null;
  }

  /** An adapter's wrong results of the last day, newest first. */
  failures(adapter: string, now: number): SelfCheckFailure[] {
    const rows = this.#database.all(
      `SELECT rowid, at AS atMs, matrix_size AS matrixSize, why FROM self_check_failures
       WHERE adapter = ? AND at > ? ORDER BY at DESC LIMIT 50`,
      adapter,
      now - SHOWN_MS,
    );
    return fitting(this.#database, 'self_check_failures', selfCheckFailureSchema, rows);
  }

  /** Takes in a wrong result. @returns whether the adapter is quarantined from now on because of it */
  add(adapter: string, { atMs, matrixSize, why }: SelfCheckFailure): boolean {
    return inTransaction(this.#database, () => {
      this.#database.run('DELETE FROM self_check_failures WHERE at <= ?', atMs - SHOWN_MS);
      this.#database.run(
        'INSERT INTO self_check_failures (adapter, at, matrix_size, why) VALUES (?, ?, ?, ?)',
        adapter,
        atMs,
        matrixSize,
        why,
      );
      if (this.since(adapter) !== null) return false;
      const recent = this.failures(adapter, atMs).filter((failure) => failure.atMs > atMs - WINDOW_MS);
      if (recent.length < MOST_FAILURES) return false;
      this.#database.run('INSERT INTO quarantines (adapter, since) VALUES (?, ?)', adapter, atMs);
      return true;
    });
  }

  /** Lets an adapter be used again; its failures so far no longer count. */
  release(adapter: string): void {
    inTransaction(this.#database, () => {
      this.#database.run('DELETE FROM quarantines WHERE adapter = ?', adapter);
      this.#database.run('DELETE FROM self_check_failures WHERE adapter = ?', adapter);
    });
  }
}
