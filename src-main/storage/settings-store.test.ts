import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import { type Database, openDatabase } from './database';
import { SettingsStore } from './settings-store';

let folder = '';
let database: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
  database = openDatabase(join(folder, 'miner.sqlite'), 0).database;
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

describe('the settings', () => {
  it('tell those who watch one of them, when it changes and only then', () => {
    const store = new SettingsStore(database);
    const told: unknown[] = [];
    const stop = store.watch('dutyPercent', (value) => told.push(value));
    store.save({ dutyPercent: 40, theme: 'dark' });
    store.save({ dutyPercent: 40 });
    store.save({ matrixSize: 64 });
    stop();
    store.save({ dutyPercent: 60 });
    expect(told).toEqual([40]);
    expect(store.current).toEqual({ ...DEFAULT_SETTINGS, dutyPercent: 60, theme: 'dark', matrixSize: 64 });
  });

  it('of a run go before those that are kept, until a person sets another, and are kept by nobody', () => {
    const store = new SettingsStore(database, { matrixSize: 64, engine: 'cpu' });
    expect(store.current).toEqual({ ...DEFAULT_SETTINGS, matrixSize: 64, engine: 'cpu' });
    store.save({ matrixSize: 128 });
    expect(store.current).toMatchObject({ matrixSize: 128, engine: 'cpu' });
    expect(new SettingsStore(database).current).toEqual({ ...DEFAULT_SETTINGS, matrixSize: 128 });
  });

  it('are kept all together or not at all, and what failed is said as what it is', () => {
    const store = new SettingsStore(database);
    store.watch('theme', () => expect.unreachable());
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON settings WHEN NEW.name = 'theme'
      BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);
    expect(() => store.save({ language: 'ru', theme: 'dark' })).toThrowError(
      expect.objectContaining({ code: 'disk_full' }),
    );
    expect(store.current).toEqual(DEFAULT_SETTINGS);
    expect(store.load()).toEqual(DEFAULT_SETTINGS);
  });

  it('that no longer fit have their defaults', () => {
    const store = new SettingsStore(database);
    for (const [name, value] of [
      ['tasksPerBlock', 17],
      ['dutyPercent', 'all'],
      ['feeCeilingUnits', '0'],
    ] as const)
      store.set(name, value);
    expect(new SettingsStore(database).current).toEqual(DEFAULT_SETTINGS);
  });
});
