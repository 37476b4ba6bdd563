import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import { Chapters } from './chapters';
import { type Database, openDatabase } from './database';
import { KernelChoices } from './kernel-choices';
import { Quarantine } from './quarantine';
import { type DamagedRow, type StoredTable, textColumns } from './set-aside';
import { SettingsStore } from './settings-store';

let folder = '';
let database: Database;
let told: DamagedRow[];

const open = () => {
  database = openDatabase(join(folder, 'miner.sqlite'), 0).database;
  told = [];
  database.watchDamaged((row) => told.push(row));
};
/** What is kept of the rows that were set aside. */
const kept = () =>
  (database.all('SELECT content FROM set_aside') as { content: string }[]).map(
    ({ content }) => JSON.parse(content) as unknown,
  );
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'set-aside-'));
  open();
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

describe('a damaged row is set aside, whole, and told of once', () => {
  it.each([
    ['is no JSON', '{"half'],
    ['does not fit', '"blue"'],
  ])('as a setting that %s: it has its default, the others stay', (_what, value) => {
    new SettingsStore(database).save({ theme: 'dark', language: 'ru' });
    database.run("UPDATE settings SET value = ? WHERE name = 'theme'", value);
    expect(new SettingsStore(database).current).toEqual({ ...DEFAULT_SETTINGS, language: 'ru' });
    expect(kept()).toEqual([{ name: 'theme', value }]);
    expect(told).toMatchObject([{ table: 'settings' }]);
    new SettingsStore(database);
    expect(told).toHaveLength(1);
  });

  it('as the choice of a kernel: it is measured anew', () => {
    database.run("INSERT INTO kernel_choices VALUES ('card', 'small', '{}')");
    expect(new KernelChoices(database).of('card')).toEqual([]);
    expect(kept()).toEqual([{ adapter: 'card', size_class: 'small', choice: '{}' }]);
  });

  it('as a wrong result that no screen could show: the others count', () => {
    const quarantine = new Quarantine(database);
    quarantine.add('card', { atMs: 5, matrixSize: 64, why: 'product' });
    database.run("INSERT INTO self_check_failures VALUES ('card', 6, 64, ?)", 'x'.repeat(65));
    expect(quarantine.failures('card', 7)).toEqual([{ atMs: 5, matrixSize: 64, why: 'product' }]);
    expect(told).toMatchObject([{ table: 'self_check_failures' }]);
  });

  it('as how far a chain was followed: the binding to the chain stays', () => {
    const chapters = new Chapters(database);
    const { id } = chapters.begin('node', 'cpc-devnet-1', 'a'.repeat(64), 0);
    chapters.keepFollowed(id, { height: 7, hash: 'b'.repeat(63), coveredFrom: 1 });
    expect(chapters.followed(id)).toBeNull();
    expect(chapters.current('node')?.id).toBe(id);
    expect(kept()).toMatchObject([{ followed_hash: 'b'.repeat(63) }]);
    expect(chapters.followed(id)).toBeNull();
    expect(told).toHaveLength(1);
  });

  it('where its text is no UTF-8, over which the library ends the whole process: at the next start', () => {
    new SettingsStore(database).save({ theme: 'dark', language: 'ru' });
    for (let row = 0; row < 600; row++) database.run('INSERT INTO settings VALUES (?, ?)', `Ж ${row}`, '"ё"');
    database.exec("UPDATE settings SET value = CAST(x'226461ff6b22' AS TEXT) WHERE name = 'theme'");
    database.exec("INSERT INTO settings VALUES (CAST(x'c0' AS TEXT), '1'), (CAST(x'c1' AS TEXT), '2')");
    database.close();
    open();
    expect(new SettingsStore(database).current).toEqual({ ...DEFAULT_SETTINGS, language: 'ru' });
    expect(kept()).toContainEqual({ name: 'theme', value: { hex: '226461ff6b22' } });
    expect(kept()).toContainEqual({ name: { hex: 'c1' }, value: '2' });
    expect(database.get("SELECT count(*) AS n FROM settings WHERE name LIKE 'Ж%'")).toMatchObject({ n: 600 });
    expect(told).not.toHaveLength(0);
    database.close();
    open();
    expect(told).toEqual([]);
  });

  it('of whichever table: what is left of it is read', () => {
    const tables = database.all(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'set_aside'",
    ) as { name: StoredTable }[];
    const spoilt = tables.map(({ name }) => name).filter((name) => textColumns(database, name).length > 0);
    expect(spoilt).toEqual(expect.arrayContaining(['jobs', 'account_transfers', 'other_transactions']));
    database.exec('PRAGMA foreign_keys = OFF');
    for (const table of spoilt) {
      const columns = database.all(`SELECT name, type FROM pragma_table_info('${table}')`) as {
        name: string;
        type: string;
      }[];
      const values = columns.map(({ type }) => (type === 'TEXT' ? "CAST(x'61ff62' AS TEXT)" : '1'));
      database.exec(`INSERT INTO ${table} VALUES (${values.join(', ')})`);
    }
    database.close();
    open();
    for (const table of spoilt) {
      const [column] = textColumns(database, table);
      expect(database.get(`SELECT ${column} AS text FROM ${table}`)).toMatchObject({ text: 'a\ufffdb' });
    }
    expect(new Set(kept()).size).toBe(spoilt.length);
  });

  it('of rows that hold more than is looked at in one go', () => {
    database.run("INSERT INTO settings VALUES ('a', ?), ('b', ?)", 'x'.repeat(17e6), 'y'.repeat(17e6));
    database.exec("INSERT INTO settings VALUES ('c', CAST(x'ff' AS TEXT))");
    database.close();
    open();
    expect(kept()).toEqual([{ name: 'c', value: { hex: 'ff' } }]);
  });
});
