import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './database';
import { keptSettings } from './kept-settings';
import { SettingsStore } from './settings-store';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the settings that a profile keeps', () => {
  it('are read beside the miner that has the database open, without what it overrides', () => {
    const path = join(folder, 'miner.sqlite');
    const { database } = openDatabase(path, 0);
    const store = new SettingsStore(database, { engine: 'cpu' });
    store.save({ matrixSize: 64 });
    database.run("INSERT INTO settings (name, value) VALUES ('tasksPerBlock', '\"many\"')");
    expect(keptSettings(path)).toEqual({ matrixSize: 64 });
    store.save({ matrixSize: 65 });
    expect(keptSettings(path)).toEqual({ matrixSize: 65 });
    database.close();
  });

  it('are none where there is no profile, and none is begun', () => {
    expect(keptSettings(join(folder, 'miner.sqlite'))).toEqual({});
    expect(() => statSync(join(folder, 'miner.sqlite'))).toThrowError('ENOENT');
  });
});
