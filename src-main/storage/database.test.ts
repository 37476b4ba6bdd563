import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import { openDatabase } from './database';
import { mapDiskError } from './disk-error';
import { SettingsStore } from './settings-store';
import { inTransaction } from './transaction';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-'));
  path = join(folder, 'miner.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the database', () => {
  it('commits to disk before it returns: WAL, synchronous FULL, foreign keys', () => {
    const { database } = openDatabase(path, 0);
    expect(database.pragma('journal_mode')).toBe('wal');
    expect(database.pragma('synchronous')).toBe(2);
    expect(database.pragma('foreign_keys')).toBe(1);
  });

  it('leaves one commit to the next flush where it is told to, and no other one', () => {
    const { database } = openDatabase(path, 0);
    database.exec('CREATE TABLE kept (value TEXT)');
    const level = () => database.pragma('synchronous');
    const NORMAL = 1;
    const FULL = 2;
    expect(inTransaction(database, level)).toBe(FULL);
    expect(inTransaction(database, level, 'unflushed')).toBe(NORMAL);
    expect(inTransaction(database, level)).toBe(FULL);
    const failing = () => {
      throw new Error('no');
    };
    expect(() => inTransaction(database, failing, 'unflushed')).toThrow('no');
    expect(inTransaction(database, level)).toBe(FULL);
    // The one that it is part of decides.
    expect(inTransaction(database, () => inTransaction(database, level, 'unflushed'))).toBe(FULL);
    // What is in no transaction is one of its own.
    inTransaction(database, level, 'unflushed');
    database.run('INSERT INTO kept VALUES (?)', 'x');
    expect(level()).toBe(FULL);
    inTransaction(database, level, 'unflushed');
    expect(database.get('INSERT INTO kept VALUES (?) RETURNING value', 'y')).toMatchObject({ value: 'y' });
    expect(level()).toBe(FULL);
  });

  it('has what is committed reach the disk, and says so; it does not where there is no file, or no longer', async () => {
    const { database } = openDatabase(path, 0);
    inTransaction(database, () => database.exec('CREATE TABLE kept (value TEXT)'), 'unflushed');
    expect(await database.flush()).toBe(true);
    const flushing = database.flush();
    database.close();
    expect(await flushing).toBe(true);
    expect(await database.flush()).toBe(false);
    expect(await openDatabase(':memory:', 0).database.flush()).toBe(false);
  });

  it.each(['get', 'all', 'run'] as const)('%s goes by what it is given, also after it failed', (how) => {
    const { database } = openDatabase(path, 0);
    database.exec('CREATE TABLE kept (value TEXT UNIQUE)');
    const insert = (value: string) => database[how]('INSERT INTO kept VALUES (?) RETURNING value', value);
    insert('one');
    expect(() => insert('one')).toThrow('UNIQUE');
    insert('two');
    expect(database.all('SELECT value FROM kept')).toEqual([{ value: 'one' }, { value: 'two' }]);
  });

  it('tells which tables may hold other rows by now, however they are changed', () => {
    const { database } = openDatabase(path, 0);
    database.exec('CREATE TABLE one (value TEXT); CREATE TABLE two (value TEXT)');
    const changes = (work: () => unknown) => {
      const before = ['one', 'two'].map((table) => database.revisionOf(table));
      work();
      return ['one', 'two'].filter((table, at) => database.revisionOf(table) !== before[at]);
    };
    expect(changes(() => database.all('SELECT * FROM one'))).toEqual([]);
    expect(changes(() => inTransaction(database, () => null))).toEqual([]);
    expect(changes(() => database.run("INSERT INTO one VALUES ('a')"))).toEqual(['one']);
    expect(changes(() => database.get("UPDATE two SET value = 'b' RETURNING value"))).toEqual(['two']);
    expect(changes(() => database.all('DELETE FROM one RETURNING value'))).toEqual(['one']);
    expect(changes(() => database.exec('DROP TABLE one'))).toEqual(['one', 'two']);
    const takenBack = () =>
      inTransaction(database, () => {
        throw new Error('no');
      });
    expect(changes(() => expect(takenBack).toThrow())).toEqual(['one', 'two']);
  });

  it('keeps its contents over a restart', () => {
    const first = openDatabase(path, 0).database;
    new SettingsStore(first).save({ matrixSize: 512 });
    first.close();
    expect(new SettingsStore(openDatabase(path, 0).database).load().matrixSize).toBe(512);
  });

  it('sets a corrupt file aside, whole, and says where', () => {
    const garbage = Buffer.alloc(8192, 'not a database ');
    writeFileSync(path, garbage);
    const { database, setAside } = openDatabase(path, Date.UTC(2026, 0, 2));
    expect(setAside).toContain('.corrupt-2026-01-02');
    expect(readFileSync(setAside ?? '')).toEqual(garbage);
    expect(new SettingsStore(database).load()).toEqual(DEFAULT_SETTINGS);
  });

  it('sets a file aside that was damaged in the middle', () => {
    const { database } = openDatabase(path, 0);
    const store = new SettingsStore(database);
    for (let i = 0; i < 200; i++) store.set(`name ${i}`, 'x'.repeat(500));
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 8192, 40_960);
    writeFileSync(path, bytes);
    expect(openDatabase(path, 0).setAside).not.toBeNull();
    expect(readdirSync(folder).some((name) => name.includes('.corrupt-'))).toBe(true);
  });

  it('refuses the database of a newer app and leaves it as it is', () => {
    const { database } = openDatabase(path, 0);
    database.exec('PRAGMA user_version = 99');
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    const before = readFileSync(path);
    expect(() => openDatabase(path, 0)).toThrowError(expect.objectContaining({ code: 'database_newer' }));
    expect(readFileSync(path)).toEqual(before);
  });

  it('waits for another program that holds it for a moment, and says so where it is held for long', () => {
    const other = new Sqlite(path);
    // As a program does that wants the file for itself.
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE theirs (a); COMMIT');
    expect(() => openDatabase(path, 0, 50)).toThrowError(expect.objectContaining({ code: 'database_busy' }));
    expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).toEqual([]);
    other.exec('PRAGMA locking_mode = NORMAL; SELECT count(*) FROM theirs');
    other.close();
    openDatabase(path, 0, 50).database.close();
  });

  it('refuses to be used after it was closed, where the library would end the whole process', () => {
    const { database } = openDatabase(path, 0);
    database.close();
    database.close();
    expect(() => database.run('SELECT 1')).toThrowError(expect.objectContaining({ code: 'database_failed' }));
    expect(() => inTransaction(database, () => 1)).toThrowError(
      expect.objectContaining({ code: 'database_failed' }),
    );
  });

  it('does all of a transaction or nothing', () => {
    const { database } = openDatabase(path, 0);
    const store = new SettingsStore(database);
    expect(() =>
      inTransaction(database, () => {
        store.set('a', 1);
        throw new Error('halfway');
      }),
    ).toThrow('halfway');
    expect(store.get('a', z.unknown())).toBeUndefined();
  });

  it('tells whether rows of a table may be others than they were, those taken back included', () => {
    const { database } = openDatabase(path, 0);
    const changes = (work: () => void) => {
      const before = ['settings', 'tasks'].map((table) => database.revisionOf(table));
      work();
      return ['settings', 'tasks'].map((table, index) => database.revisionOf(table) !== before[index]);
    };
    const insert = () => void database.run("INSERT OR REPLACE INTO settings VALUES ('a', '1')");
    expect(changes(() => void database.all('SELECT * FROM settings'))).toEqual([false, false]);
    expect(changes(insert)).toEqual([true, false]);
    expect(changes(() => inTransaction(database, insert, 'unflushed'))).toEqual([true, false]);
    expect(changes(() => database.exec('DELETE FROM settings; DELETE FROM tasks'))).toEqual([true, true]);
    database.run('BEGIN IMMEDIATE');
    expect(changes(() => void database.run('ROLLBACK'))).toEqual([true, true]);
    // A commit that fails may have taken all of its transaction back.
    expect(changes(() => expect(() => database.run('COMMIT')).toThrow())).toEqual([true, true]);
  });

  it('gives a setting that no longer fits its default', () => {
    const store = new SettingsStore(openDatabase(path, 0).database);
    store.set('matrixSize', 1e9);
    store.set('theme', 'dark');
    expect(store.load()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
  });
});

describe('errors of the disk', () => {
  it.each([
    [{ code: 'ENOSPC' }, 'disk_full'],
    [{ code: 'EDQUOT' }, 'disk_full'],
    [{ code: 'SQLITE_FULL' }, 'disk_full'],
    [{ message: 'database or disk is full' }, 'disk_full'],
    [{ code: 'EROFS' }, 'profile_unwritable'],
    [{ code: 'EEXIST' }, 'profile_unwritable'],
    [{ code: 'ENOTDIR' }, 'profile_unwritable'],
    [{ code: 'SQLITE_READONLY' }, 'profile_unwritable'],
    [{ code: 'SQLITE_READONLY_DBMOVED' }, 'profile_unwritable'],
    [{ message: 'unable to open database file' }, 'profile_unwritable'],
    [{ message: 'database is locked' }, 'database_busy'],
    [{ code: 'SQLITE_BUSY_SNAPSHOT' }, 'database_busy'],
    [{ code: 'SQLITE_IOERR_WRITE' }, 'disk_failed'],
    [{ code: 'EIO' }, 'disk_failed'],
    [{ code: 'SQLITE_CORRUPT_INDEX' }, 'database_corrupt'],
    [{ code: 'SQLITE_MISMATCH', message: 'datatype mismatch' }, 'database_failed'],
  ])('%j is %s', (error, code) => {
    expect(mapDiskError(error, '/x')).toMatchObject({ code });
  });
});
