import Database from 'libsql';
import { AppError } from '../../src-shared/errors';
import { mapDiskError } from '../storage/disk-error';
import type { Account, ValidatorRecord } from './records';
import { readAccount, readValidator } from './stored-records';

/** Everything about the chain that is neither a block nor an account, as text. */
export type Meta = ReadonlyMap<string, string>;

export type StoredBlock = { readonly height: number; readonly hash: string; readonly json: string };

/** What one block changes, written all at once or not at all. */
export type BlockChanges = {
  readonly block: StoredBlock;
  readonly txHashes: readonly string[];
  /** JSON by address. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly validators: ReadonlyMap<string, string>;
  readonly meta: Meta;
};

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS blocks (height INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, json TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS transactions (hash TEXT PRIMARY KEY, height INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS accounts (address TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS validators (address TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
`;

/** The chain on disk, or in memory. */
export class ChainStore {
  readonly #database: Database.Database;
  readonly #path: string;

  /**
   * @param path of the database file, or `:memory:`.
   * @throws AppError `database_corrupt`.
   */
  constructor(path: string) {
    this.#path = path;
    this.#database = open(path);
  }

  meta(): Meta {
    return new Map(
      this.#rows<{ key: string; value: string }>('SELECT key, value FROM meta').map(({ key, value }) => [
        key,
        value,
      ]),
    );
  }

  setMeta(meta: Meta): void {
    const put = this.#database.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
    for (const [key, value] of meta) put.run(key, value);
  }

  tip(): StoredBlock | undefined {
    return this.#rows<StoredBlock>('SELECT height, hash, json FROM blocks ORDER BY height DESC LIMIT 1')[0];
  }

  blockCount(): number {
    return this.#rows<{ count: number }>('SELECT count(*) AS count FROM blocks')[0]?.count ?? 0;
  }

  block(height: number): string | undefined {
    return this.#rows<{ json: string }>('SELECT json FROM blocks WHERE height = ?', height)[0]?.json;
  }

  heightOfTransaction(txHash: string): number | undefined {
    const sql = 'SELECT height FROM transactions WHERE hash = ?';
    return this.#rows<{ height: number }>(sql, txHash)[0]?.height;
  }

  accounts(): Account[] {
    return this.#rows<{ json: string }>('SELECT json FROM accounts').map(({ json }) => readAccount(json));
  }

  validators(): ValidatorRecord[] {
    return this.#rows<{ json: string }>('SELECT json FROM validators').map(({ json }) => readValidator(json));
  }

  /** @throws AppError `disk_full`, `database_failed`; then nothing has changed. */
  write({ block, txHashes, accounts, validators, meta }: BlockChanges): void {
    this.#transact(() => {
      const { height, hash, json } = block;
      this.#database
        .prepare('INSERT INTO blocks (height, hash, json) VALUES (?, ?, ?)')
        .run(height, hash, json);
      this.#writeState(accounts, validators);
      const index = this.#database.prepare(
        'INSERT OR REPLACE INTO transactions (hash, height) VALUES (?, ?)',
      );
      for (const txHash of txHashes) index.run(txHash, height);
      this.setMeta(meta);
    });
  }

  /** Writes the state a chain begins with. */
  writeGenesis(
    accounts: ReadonlyMap<string, string>,
    validators: ReadonlyMap<string, string>,
    meta: Meta,
  ): void {
    this.#transact(() => {
      this.#writeState(accounts, validators);
      this.setMeta(meta);
    });
  }

  close(): void {
    this.#database.close();
  }

  #writeState(accounts: ReadonlyMap<string, string>, validators: ReadonlyMap<string, string>): void {
    const account = this.#database.prepare('INSERT OR REPLACE INTO accounts (address, json) VALUES (?, ?)');
    for (const [address, json] of accounts) account.run(address, json);
    const validator = this.#database.prepare(
      'INSERT OR REPLACE INTO validators (address, json) VALUES (?, ?)',
    );
    for (const [address, json] of validators) validator.run(address, json);
  }

  #transact(write: () => void): void {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      write();
      this.#database.exec('COMMIT');
    } catch (error) {
      // SQLite has rolled back by itself where the disk was full.
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw mapDiskError(error, this.#path);
    }
  }

  /** The caller's type says what the columns of its own SQL are. */
  #rows<T>(sql: string, ...values: (string | number)[]): T[] {
    return this.#database.prepare(sql).all(...values) as T[];
  }
}

function open(path: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { timeout: 500 });
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    const [check] = database.prepare('PRAGMA quick_check(1)').all() as { quick_check?: string }[];
    if (check?.quick_check !== 'ok') throw corrupt(path, check?.quick_check ?? 'unreadable');
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof AppError ? error : corrupt(path, messageOf(error), error);
  }
}

function corrupt(path: string, why: string, cause?: unknown): AppError {
  return new AppError(
    'database_corrupt',
    `The devnet's data at ${path} cannot be read (${why}). Nothing was changed; use another data folder, or ` +
      'move this one away to begin a new chain.',
    { cause },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
