import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dutyOf, gopsOf } from '../../src-shared/history/sample';
import { SPAN_NAMES, seriesSchema } from '../../src-shared/history/series';
import { VirtualClock } from '../clock/virtual-clock';
import { WorkMeter } from '../compute/work-meter';
import { type Database, openDatabase } from '../storage/database';
import { SettingsStore } from '../storage/settings-store';
import { History } from './history';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = 472_222 * HOUR;

let folder = '';
let database: Database;
let clock: VirtualClock;
let meter: WorkMeter;
let log: string[];
let history: History;

function open(): void {
  database = openDatabase(join(folder, 'miner.sqlite'), clock.now()).database;
  history = new History({
    database,
    settings: new SettingsStore(database),
    clock,
    meter,
    lanes: 1,
    readSensors: () => ({ temperatureC: null, powerW: null }),
    log: (message) => log.push(message),
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  clock = new VirtualClock(START);
  meter = new WorkMeter(clock.monotonic, (error) => log.push(String(error)));
  log = [];
  open();
});
afterEach(() => {
  history.close();
  database.close();
  rmSync(folder, { recursive: true });
});

/** Mines for so long: of each ten seconds one at 2 GOPS. */
async function mine(ms: number): Promise<void> {
  history.setRunning(true);
  for (let leftMs = ms; leftMs > 0; leftMs -= 10_000) {
    const end = meter.begin();
    await clock.advance(1000);
    end({ elapsedMs: 1000, busyMs: 1000, product: { operations: 2e9, ms: 1000 } });
    await clock.advance(9000);
  }
}

const shown = (span: (typeof SPAN_NAMES)[number]) =>
  history
    .series(span)
    .samples.map((sample) => [(sample.atMs - START) / MINUTE, gopsOf(sample), dutyOf(sample)]);

describe('what charts show', () => {
  it('is there from the first seconds on, whether or not it is kept yet', async () => {
    await mine(20_000);
    expect(shown('hour')).toEqual([[0, 2, 0.1]]);
    expect(shown('day')).toEqual([[0, 2, 0.1]]);
    expect(shown('month')).toEqual([[0, 2, 0.1]]);
  });

  it('tells mining that brings nothing from not mining', async () => {
    await mine(2 * MINUTE);
    await clock.advance(2 * MINUTE);
    history.setRunning(false);
    await clock.advance(5 * MINUTE);
    await mine(MINUTE);
    expect(shown('hour')).toEqual([
      [0, 2, 0.1],
      [1, 2, 0.1],
      [2, 0, 0],
      [3, 0, 0],
      [9, 2, 0.1],
    ]);
  });

  it('outlives the app, and what is kept is not counted twice', async () => {
    await mine(90_000);
    history.close();
    database.close();
    open();
    await mine(30_000);
    expect(history.series('hour').samples.map(({ ranMs }) => ranMs)).toEqual([MINUTE, MINUTE]);
    await clock.advance(2 * MINUTE);
    expect(history.series('month').samples.map(({ ranMs }) => ranMs)).toEqual([4 * MINUTE]);
  });

  it('is of its span alone, and never more than fits a chart', async () => {
    database.exec(`INSERT INTO history_minutes (at, ran_ms, busy_ms, product_ms, operations)
      WITH RECURSIVE n (x) AS (SELECT -5000 UNION ALL SELECT x + 1 FROM n WHERE x < 5000)
      SELECT ${START} + x * ${MINUTE}, 60000, 0, 0, 0 FROM n;
      INSERT INTO history_hours (at, ran_ms, busy_ms, product_ms, operations)
      WITH RECURSIVE n (x) AS (SELECT -5000 UNION ALL SELECT x + 1 FROM n WHERE x < 2000)
      SELECT ${START} + x * ${HOUR}, 60000, 0, 0, 0 FROM n;`);
    const counts = SPAN_NAMES.map((span) => {
      const series = history.series(span);
      expect(seriesSchema.safeParse(series).success).toBe(true);
      expect(series.samples.at(-1)?.atMs).toBeLessThanOrEqual(clock.now());
      return series.samples.length;
    });
    expect(counts).toEqual([60, 288, 720]);
  });

  it('comes no later than now, whatever the clock was set to meanwhile', async () => {
    await mine(MINUTE);
    clock.setWall(30 * 24 * HOUR);
    await mine(2 * MINUTE);
    clock.setWall(-30 * 24 * HOUR);
    await mine(2 * MINUTE);
    const { samples, untilMs } = history.series('day');
    expect(samples.every(({ atMs, ranMs }) => atMs < untilMs && ranMs <= 5 * MINUTE)).toBe(true);
    expect(samples.reduce((sum, { ranMs }) => sum + ranMs, 0)).toBeLessThanOrEqual(4 * MINUTE);
  });
});

describe('a disk that is full', () => {
  it('costs the history of that time and nothing else', async () => {
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON history_minutes BEGIN
      SELECT RAISE(ABORT, 'database or disk is full'); END`);
    await mine(3 * MINUTE);
    expect(log.length).toBeGreaterThan(0);
    expect(log.every((line) => line.startsWith('The history could not be kept'))).toBe(true);
    database.exec('DROP TRIGGER full');
    await mine(2 * MINUTE);
    expect(shown('hour').length).toBeGreaterThanOrEqual(2);
  });
});
