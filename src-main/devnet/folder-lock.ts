import { join } from 'node:path';
import Database from 'libsql';
import { AppError } from '../../src-shared/errors';

/**
 * Keeps other processes out of a data folder. An open transaction on an empty database is the lock: the system lets
 * go of it when the process ends, however it ends. Only `exec` is used, as a prepared statement would outlive
 * `close` and keep the lock with it.
 */
export class FolderLock {
  readonly #database: Database.Database;

  /** @throws AppError `profile_in_use`. */
  constructor(folder: string) {
    this.#database = new Database(join(folder, 'lock'), { timeout: 500 });
    try {
      this.#database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      this.#database.close();
      throw new AppError(
        'profile_in_use',
        `Another devnet is running on ${folder}. Stop it, or use another data folder.`,
        { cause: error, remedy: 'retry' },
      );
    }
  }

  release(): void {
    this.#database.exec('ROLLBACK');
    this.#database.close();
  }
}
