import { describe, expect, it } from 'vitest';
import { dayName, endOfDay, lastDays, onNewDay } from './calendar';
import { VirtualClock } from './virtual-clock';

const HOUR_MS = 3_600_000;

/** A clock at the noon of some day, and how often a new day was told of. */
function noon() {
  const clock = new VirtualClock(endOfDay(1_700_000_000_000) + 12 * HOUR_MS);
  let days = 0;
  const stop = onNewDay(clock, () => {
    days += 1;
  });
  return { clock, days: () => days, stop };
}

describe('a new day', () => {
  it('is told of once, at midnight', async () => {
    const { clock, days } = noon();
    await clock.advance(12 * HOUR_MS - 1);
    expect(days()).toBe(0);
    await clock.advance(1);
    expect(days()).toBe(1);
    await clock.advance(24 * HOUR_MS - 1);
    expect(days()).toBe(1);
    await clock.advance(1);
    expect(days()).toBe(2);
  });

  it('comes with a clock that is set over midnight, or a machine that slept through it', async () => {
    const { clock, days } = noon();
    clock.setWall(13 * HOUR_MS);
    await clock.advance(HOUR_MS / 4);
    expect(days()).toBe(1);
    clock.setWall(-13 * HOUR_MS);
    await clock.advance(HOUR_MS / 4);
    expect(days()).toBe(2);
  });

  it('is not told of any more once stopped', async () => {
    const { clock, days, stop } = noon();
    stop();
    await clock.advance(24 * HOUR_MS);
    expect([days(), clock.waiting]).toEqual([0, 0]);
  });
});

describe('a local day', () => {
  it('is called by its date, and the last days by theirs, whatever the clocks are changed by', () => {
    const summerTimeEnds = new Date(2026, 9, 26, 0, 30).getTime();
    expect(dayName(summerTimeEnds)).toBe('2026-10-26');
    expect(lastDays(summerTimeEnds, 3)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
    const year = lastDays(new Date(2027, 0, 1, 23, 59).getTime(), 366);
    expect(new Set(year).size).toBe(366);
    expect(year.at(-2)).toBe('2026-12-31');
  });
});
