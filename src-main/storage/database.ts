import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import Sqlite from 'libsql';
import { AppError } from '../../src-shared/errors';
import { isoTime } from '../clock/calendar';
import { noteClosedWhole, wasClosedWhole } from './closed-whole';
import { mapDiskError } from './disk-error';
import { MIGRATIONS } from './migrations';
import type { DamagedRow } from './set-aside';
import { inTransaction } from './transaction';
import { mendText } from './unreadable-text';

type Value = string | number | null;

// A backup or a virus scanner lets go of a file within less; nobody should wait longer for a screen.
const BUSY_TIMEOUT_MS = 2000;
const CHANGES_NO_ROW = /^\s*(?:SELECT|WITH|BEGIN|COMMIT|PRAGMA (?:synchronous|incremental_vacuum))\b/;
const CHANGED_TABLE = /^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE(?: OR \w+)?|DELETE FROM)\s+(\w+)/;
// Of the damaged rows that are found before anybody watches.
const MOST_REMEMBERED = 1000;

/** A statement, and which table's rows it changes: `any` where that can't be told, null for none. */
type Prepared = { readonly statement: Sqlite.Statement; readonly changes: string | 'any' | null };

/**
 * An open SQLite file. Statements are prepared once. Using it after `close` throws, where the library would abort. All
 * methods throw AppError, as `mapDiskError` names what went wrong.
 */
export class Database {
  readonly path: string;
  readonly #sqlite: Sqlite.Database;
  readonly #statements = new Map<string, Prepared>();
  /** Of each table that was changed, when, in changes of any. */
  readonly #changed = new Map<string, number>();
  #changes = 0;
  /** Before it, any table may have been changed. */
  #allChanged = 0;
  readonly #damaged: DamagedRow[] = [];
  #onDamaged: (row: DamagedRow) => void = (row) => {
    if (this.#damaged.length < MOST_REMEMBERED) this.#damaged.push(row);
  };
  #closed = false;
  #flushes = true;
  /** The file that commits are written to, by a handle of its own; once it was needed. */
  #log: Promise<FileHandle> | null = null;
  /** Looked through, and nothing came up since that speaks of damage. */
  #isWhole = false;

  /** @throws what the library throws; `openDatabase` maps it too */
  constructor(path: string) {
    this.path = path;
    this.#sqlite = new Sqlite(path);
  }

  exec(sql: string): void {
    // It may hold many statements, with any values.
    if (!CHANGES_NO_ROW.test(sql)) {
      this.#noteAll();
      this.#isWhole = false;
    }
    this.#mapped(() => this.#sqlite.exec(sql));
  }

  /** The first row, or undefined. */
  get(sql: string, ...values: Value[]): unknown {
    return this.#mapped(() => {
      try {
        return this.#statement(sql).get(...values);
      } catch (error) {
        // The library does not reset it, and it would go on with these values whatever it is given next.
        this.#statements.delete(sql);
        throw error;
      }
    });
  }

  all(sql: string, ...values: Value[]): unknown[] {
    return this.#mapped(() => this.#statement(sql).all(...values));
  }

  run(sql: string, ...values: Value[]): { readonly changes: number; readonly lastInsertRowid: number } {
    const { changes, lastInsertRowid } = this.#mapped(() => this.#statement(sql).run(...values));
    return { changes, lastInsertRowid: Number(lastInsertRowid) };
  }

  /**
   * Whether commits from now on reach the disk before they return; not within a transaction. What changes rows outside
   * of one always does.
   */
  flushCommits(flushes: boolean): void {
    if (flushes === this.#flushes) return;
    this.exec(`PRAGMA synchronous = ${flushes ? 'FULL' : 'NORMAL'}`);
    this.#flushes = flushes;
  }

  /**
   * Has what is committed by now reach the disk while whoever calls goes on: of a file, whichever handle wrote it, all is
   * flushed. @returns whether it is there; false where nobody can tell
   */
  async flush(): Promise<boolean> {
    if (this.#closed) return false;
    try {
      this.#log ??= open(`${this.path}-wal`, 'r+');
      const log = await this.#log;
      await log.datasync();
      return true;
    } catch {
      return false;
    }
  }

  /** Another number once rows of a table may be others than they were: what was read at this one is as it was. */
  revisionOf(table: string): number {
    return Math.max(this.#allChanged, this.#changed.get(table) ?? 0);
  }

  /** Nobody else writes: a profile is one process's alone, and this its only connection. */
  #note(changes: Prepared['changes']): void {
    if (changes === null) return;
    if (!this.#flushes && !this.inTransaction) this.flushCommits(true);
    if (changes === 'any') this.#noteAll();
    else this.#changed.set(changes, ++this.#changes);
  }

  #noteAll(): void {
    this.#allChanged = ++this.#changes;
  }

  /** A pragma's value. */
  pragma(name: string): unknown {
    return this.#mapped(() => {
      const rows = this.#sqlite.prepare(`PRAGMA ${name}`).raw(true).all() as unknown[][];
      return rows[0]?.[0];
    });
  }

  /** Has each row told that was set aside, those of the time before this call included; for one listener. */
  watchDamaged(listener: (row: DamagedRow) => void): void {
    this.#onDamaged = listener;
    for (const row of this.#damaged.splice(0)) listener(row);
  }

  /** A row was set aside. */
  tellDamaged(row: DamagedRow): void {
    this.#isWhole = false;
    this.#onDamaged(row);
  }

  get inTransaction(): boolean {
    return !this.#closed && this.#sqlite.inTransaction;
  }

  close(): void {
    if (this.#closed) return;
    if (this.#isWhole) this.#emptyLog();
    this.#closed = true;
    // It waits for a flush that is under way.
    this.#log?.then((log) => log.close()).catch(() => undefined);
    this.#statements.clear();
    this.#sqlite.close();
    if (this.#isWhole) noteClosedWhole(this.path);
  }

  /** The library leaves that to whenever its objects are collected. */
  #emptyLog(): void {
    try {
      this.#sqlite.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The next start reads it, as it does after a crash.
      this.#isWhole = false;
    }
  }

  /** It was looked through, now or before, and found to be whole: until damage shows, nobody has to again. */
  foundWhole(): void {
    this.#isWhole = true;
  }

  #statement(sql: string): Sqlite.Statement {
    let prepared = this.#statements.get(sql);
    if (prepared === undefined) {
      prepared = { statement: this.#sqlite.prepare(sql), changes: changedBy(sql) };
      this.#statements.set(sql, prepared);
    }
    this.#note(prepared.changes);
    return prepared.statement;
  }

  #mapped<T>(work: () => T): T {
    this.#require();
    try {
      return work();
    } catch (error) {
      // SQLite takes a whole transaction back by itself where the disk is full or fails.
      this.#noteAll();
      this.#isWhole = false;
      throw error instanceof Sqlite.SqliteError ? mapDiskError(error, this.path) : error;
    }
  }

  #require(): void {
    if (!this.#closed) return;
    throw new AppError('database_failed', 'The database is closed: the app is quitting.', {
      params: { path: this.path, detail: 'closed' },
    });
  }
}

function changedBy(sql: string): Prepared['changes'] {
  if (CHANGES_NO_ROW.test(sql)) return null;
  // What is not known to change one table alone, such as what takes back, may change any.
  return CHANGED_TABLE.exec(sql)?.[1] ?? 'any';
}

/** An open database; `setAside` names the file a corrupt predecessor was moved to. */
export type OpenedDatabase = { readonly database: Database; readonly setAside: string | null };

/**
 * Opens the profile's database, bringing an older schema up to date. Commits reach the disk before they return
 * (WAL, `synchronous=FULL`). A corrupt file is moved aside, never overwritten; it is looked through unless it is the very
 * file that was closed whole.
 * @param busyTimeoutMs how long each statement waits for another program that holds the file
 * @throws AppError `database_newer` for a schema of a later version; as `mapDiskError`
 */
export function openDatabase(path: string, now: number, busyTimeoutMs = BUSY_TIMEOUT_MS): OpenedDatabase {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return { database: openChecked(path, busyTimeoutMs), setAside: null };
  } catch (error) {
    if (!isCorrupt(error instanceof AppError ? error.cause : error)) throw mapDiskError(error, path);
    const setAside = moveAside(path, now);
    return { database: openChecked(path, busyTimeoutMs), setAside };
  }
}

function openChecked(path: string, busyTimeoutMs: number): Database {
  const isWhole = wasClosedWhole(path);
  const database = new Database(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    giveFreedPagesBack(database);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    if (!isWhole) requireWhole(database);
    migrate(database);
    if (!isWhole) mendText(database);
    database.foundWhole();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** @throws Error that `isCorrupt` knows */
function requireWhole(database: Database): void {
  const verdict = database.pragma('quick_check(1)');
  if (verdict !== 'ok') throw new Error(`database disk image is malformed: ${verdict}`);
}

/** Has SQLite keep count of freed pages, so that pruning can return them; a file from before is rewritten once. */
function giveFreedPagesBack(database: Database): void {
  const INCREMENTAL = 2;
  if (database.pragma('auto_vacuum') === INCREMENTAL) return;
  database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  if (Number(database.pragma('user_version')) > 0) database.exec('VACUUM');
}

function migrate(database: Database): void {
  const version = Number(database.pragma('user_version'));
  if (version > MIGRATIONS.length) {
    throw new AppError(
      'database_newer',
      `The database was written by a newer version of the app (schema ${version}, this app knows ${MIGRATIONS.length}). Update the app; the file was left as it is.`,
      { remedy: 'update_app', params: { found: version, known: MIGRATIONS.length } },
    );
  }
  for (let step = version; step < MIGRATIONS.length; step++) {
    inTransaction(database, () => {
      database.exec(MIGRATIONS[step] ?? '');
      database.exec(`PRAGMA user_version = ${step + 1}`);
    });
  }
}

function isCorrupt(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  return /SQLITE_(CORRUPT|NOTADB)/.test(code) || /malformed|not a database|file is encrypted/i.test(message);
}

function moveAside(path: string, now: number): string {
  const stamp = isoTime(now).replace(/[:.]/g, '-');
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, `${path}.corrupt-${stamp}${suffix}`);
  }
  return `${path}.corrupt-${stamp}`;
}
