import { join } from 'node:path';
import { HistoryStore } from '../../../src-main/history/history-store';
import { openDatabase } from '../../../src-main/storage/database';
import { emptySample } from '../../../src-shared/history/sample';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Gives a profile the past of a card that mined for a month: slower and warmer by day, off at night, with a minute at
 * nothing now and then, and results that grew more.
 */
export function tellHistory(profile: string, now: number): void {
  const { database } = openDatabase(join(profile, 'miner.sqlite'), now);
  const store = new HistoryStore(database);
  database.run('BEGIN IMMEDIATE');
  for (let atMs = Math.floor((now - 30 * DAY) / MINUTE) * MINUTE; atMs < now; atMs += stepAt(atMs, now)) {
    const wave = Math.sin(atMs / (3 * HOUR)) + Math.sin(atMs / (7 * MINUTE)) / 4;
    // Long ago enough that the newest hours are there whatever the time of day.
    const isNight = (now - atMs) % DAY > 12 * HOUR && (now - atMs) % DAY < 18 * HOUR;
    const isOff = isNight || (now - atMs > 18 * MINUTE && now - atMs < 27 * MINUTE);
    if (isOff) continue;
    const isIdle = now - atMs > 40 * MINUTE && now - atMs < 43 * MINUTE;
    const busyMs = isIdle ? 0 : MINUTE * (0.62 + wave / 12);
    store.add({
      ...emptySample(atMs),
      ranMs: MINUTE,
      busyMs,
      productMs: busyMs * 0.8,
      operations: busyMs * 0.8 * 1e6 * (1180 + 140 * wave),
      temperatureC: 64 + 4 * wave,
      powerW: 118 + 9 * wave,
    });
  }
  for (let back = 13; back >= 0; back -= 1) {
    const date = new Date(now - back * DAY);
    const day = date.getFullYear() * 10_000 + (date.getMonth() + 1) * 100 + date.getDate();
    const computed = back === 9 ? 0 : 17_280 - back * 900;
    database.run(
      'INSERT OR REPLACE INTO history_days VALUES (?, ?, ?, ?)',
      day,
      computed,
      computed - Math.round(computed / 40),
      computed - Math.round(computed / 30),
    );
  }
  database.run('COMMIT');
  database.close();
}

/** Of what is long past a minute an hour will do. */
function stepAt(atMs: number, now: number): number {
  return now - atMs > 2 * DAY ? HOUR : MINUTE;
}
