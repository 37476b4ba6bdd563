import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Database, openDatabase } from './database';

let folder = '';
let path = '';
const opened: Database[] = [];
const looks = () =>
  vi.mocked(Database.prototype.pragma).mock.calls.filter(([name]) => name === 'quick_check(1)');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closed-whole-'));
  path = join(folder, 'miner.sqlite');
  vi.spyOn(Database.prototype, 'pragma');
});
afterEach(() => {
  for (const database of opened.splice(0)) database.close();
  rmSync(folder, { recursive: true });
});

function open(): Database {
  const { database } = openDatabase(path, 0);
  opened.push(database);
  return database;
}

/** Opens it once more. @returns whether it was looked through */
function isLookedThrough(): boolean {
  vi.mocked(Database.prototype.pragma).mockClear();
  open();
  return looks().length > 0;
}

/** Changes a row of it, as another program does. */
function writeFromOutside(): void {
  const other = new Sqlite(path);
  other.exec("INSERT INTO settings (name, value) VALUES ('language', CAST(x'22ff22' AS TEXT))");
  other.close();
}

/** Opens it and changes a row, which stays in its log. */
function change(): void {
  open().run("INSERT INTO settings (name, value) VALUES ('theme', '\"dark\"')");
}

describe('a database', () => {
  it('that was closed whole is not looked through at the next start', () => {
    open().close();
    expect(isLookedThrough()).toBe(false);
  });

  it('that is new is looked through, and so is one that an older app closed', () => {
    expect(isLookedThrough()).toBe(true);
    opened[0]?.close();
    rmSync(`${path}-closed`);
    expect(isLookedThrough()).toBe(true);
  });

  it('that was not closed since is looked through, as after a crash', () => {
    open().close();
    change();
    const from = path;
    const crashed = join(folder, 'crashed');
    mkdirSync(crashed);
    for (const suffix of ['', '-wal', '-closed'])
      if (existsSync(from + suffix)) copyFileSync(from + suffix, join(crashed, `miner.sqlite${suffix}`));
    path = join(crashed, 'miner.sqlite');
    expect(isLookedThrough()).toBe(true);
  });

  it('that a log was left beside is looked through, whatever was noted', () => {
    open().close();
    const note = join(folder, 'note');
    copyFileSync(`${path}-closed`, note);
    change();
    copyFileSync(note, `${path}-closed`);
    expect(isLookedThrough()).toBe(true);
  });

  it('that another program wrote to is looked through, and what it spoilt is mended', () => {
    open().close();
    writeFromOutside();
    expect(isLookedThrough()).toBe(true);
    const [database] = opened.slice(-1);
    expect(database?.get("SELECT value FROM settings WHERE name = 'language'")).toMatchObject({
      value: '"�"',
    });
  });

  it('in whose place another file was put is looked through', () => {
    open().close();
    copyFileSync(path, `${path}.other`);
    renameSync(`${path}.other`, path);
    expect(isLookedThrough()).toBe(true);
  });

  it('in which damage showed is looked through at the next start', () => {
    const database = open();
    database.tellDamaged({ table: 'tasks', rowid: 1, reason: 'state: invalid' });
    database.close();
    expect(isLookedThrough()).toBe(true);
  });

  it('of which a statement failed is looked through at the next start', () => {
    const database = open();
    expect(() => database.run('INSERT INTO settings (name) VALUES (NULL)')).toThrow();
    database.close();
    expect(isLookedThrough()).toBe(true);
  });
});
