import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptySample, type Sample } from '../../src-shared/history/sample';
import { type Database, openDatabase } from '../storage/database';
import { HistoryStore } from './history-store';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 472_222 * HOUR;
const EVER = Number.MAX_SAFE_INTEGER;

let folder = '';
let database: Database;
let store: HistoryStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  database = openDatabase(join(folder, 'miner.sqlite'), 0).database;
  store = new HistoryStore(database);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const sample = (atMs: number, given: Partial<Sample> = {}): Sample => ({
  ...emptySample(atMs),
  ranMs: MINUTE,
  busyMs: 30_000,
  ...given,
});
const minutes = () => store.between('history_minutes', 0, EVER);
const hours = () => store.between('history_hours', 0, EVER);

describe('samples on disk', () => {
  it('are a row a minute, and add up to a row an hour', () => {
    store.add(sample(NOW, { operations: 5e18, productMs: 10, temperatureC: 60 }));
    store.add(sample(NOW + MINUTE, { temperatureC: 70, powerW: 40 }));
    expect(minutes()).toHaveLength(2);
    expect(hours()).toEqual([
      {
        atMs: NOW,
        ranMs: 2 * MINUTE,
        busyMs: MINUTE,
        productMs: 10,
        operations: 5e18,
        temperatureC: 65,
        powerW: 40,
      },
    ]);
    expect(store.between('history_minutes', NOW + 1, NOW + MINUTE)).toEqual([]);
  });

  it('of one minute that was recorded in parts are added, up to a minute', () => {
    store.add(sample(NOW, { ranMs: 20_000, busyMs: 20_000 }));
    store.add(sample(NOW, { ranMs: 20_000, busyMs: 0 }));
    expect(minutes()).toMatchObject([{ ranMs: 40_000, busyMs: 20_000 }]);
    // The clock was set back: the minute comes again.
    store.add(sample(NOW, { ranMs: 40_000, busyMs: 40_000 }));
    expect(minutes()).toMatchObject([{ ranMs: MINUTE, busyMs: 45_000 }]);
  });

  it('grow old: minutes in two days, hours in a year', () => {
    for (const age of [0, DAY, 3 * DAY, 300 * DAY, 400 * DAY]) store.add(sample(NOW - age));
    store.prune(NOW);
    expect(minutes().map(({ atMs }) => NOW - atMs)).toEqual([DAY, 0]);
    expect(hours().map(({ atMs }) => NOW - atMs)).toEqual([300 * DAY, 3 * DAY, DAY, 0]);
  });

  it('never become too many, whatever the clock was set to: those farthest from now go first', () => {
    database.exec(`INSERT INTO history_minutes (at, ran_ms, busy_ms, product_ms, operations)
      WITH RECURSIVE n (x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < 9999)
      SELECT ${NOW} + 365 * ${DAY} + x * ${MINUTE}, 0, 0, 0, 0 FROM n`);
    store.add(sample(NOW));
    store.prune(NOW);
    expect(minutes()).toHaveLength(3000);
    expect(minutes()[0]?.atMs).toBe(NOW);
  });

  it.each(['busy_ms = -1', 'operations = 9e999', 'ran_ms = 1e300'])(
    'that are damaged are set aside, and all else is there: %s',
    (set) => {
      store.add(sample(NOW));
      store.add(sample(NOW + MINUTE));
      database.exec(`UPDATE history_minutes SET ${set} WHERE at = ${NOW}`);
      expect(minutes()).toMatchObject([{ atMs: NOW + MINUTE }]);
      expect(database.all('SELECT table_name FROM set_aside')).toEqual([{ table_name: 'history_minutes' }]);
      store.add(sample(NOW));
      expect(minutes()).toHaveLength(2);
    },
  );
});
