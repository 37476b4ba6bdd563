import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Span, WEEK } from '../../src-shared/pause-rules/schedule';
import { openHours } from './open-hours';

afterEach(() => vi.unstubAllEnvs());

const at = (text: string) => new Date(text).getTime();
const minutes = (clock: string) => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
};
const span = (days: number[], from: string, to: string): Span => ({
  days,
  fromMinute: minutes(from),
  toMinute: minutes(to),
});
const FRIDAY = 5;

describe('a schedule', () => {
  it('has a span over midnight belong to the day it begins on', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const schedule = [span([FRIDAY], '22:00', '06:00')];
    // 27 November 2026 is a Friday.
    const opens = at('2026-11-27T22:00');
    const closes = at('2026-11-28T06:00');
    expect(openHours(schedule, at('2026-11-27T05:00'))).toEqual({ isOpen: false, untilMs: opens });
    expect(openHours(schedule, opens - 1)).toEqual({ isOpen: false, untilMs: opens });
    expect(openHours(schedule, opens)).toEqual({ isOpen: true, untilMs: closes });
    expect(openHours(schedule, closes - 1)).toEqual({ isOpen: true, untilMs: closes });
    expect(openHours(schedule, closes)).toEqual({ isOpen: false, untilMs: at('2026-12-04T22:00') });
  });

  it('joins spans that follow one another, is open for ever where they fill the week, and shut where it is empty', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const now = at('2026-11-27T12:00');
    const joined = [
      span([FRIDAY], '10:00', '14:00'),
      span([FRIDAY], '13:00', '00:00'),
      span([6], '00:00', '02:00'),
    ];
    expect(openHours(joined, now)).toEqual({ isOpen: true, untilMs: at('2026-11-28T02:00') });
    expect(openHours([span([...WEEK], '00:00', '00:00')], now)).toEqual({ isOpen: true, untilMs: null });
    expect(openHours([], now)).toEqual({ isOpen: false, untilMs: null });
  });

  it.each([
    // Clocks go forward at 02:00, and back at 03:00.
    ['Europe/Berlin', '2026-03-28', '2026-03-29', 7],
    ['Europe/Berlin', '2026-10-24', '2026-10-25', 9],
    ['Europe/Berlin', '2026-11-27', '2026-11-28', 8],
    // Clocks go forward at 02:00, and back at 02:00.
    ['America/New_York', '2026-03-07', '2026-03-08', 7],
    ['America/New_York', '2026-10-31', '2026-11-01', 9],
  ])(
    'in %s opens and closes by the wall clock in the night of %s, whatever its length',
    (zone, eve, day, hours) => {
      vi.stubEnv('TZ', zone);
      const schedule = [span([...WEEK], '22:00', '06:00')];
      const opens = at(`${eve}T22:00`);
      const closes = at(`${day}T06:00`);
      expect(openHours(schedule, opens - 3_600_000)).toEqual({ isOpen: false, untilMs: opens });
      expect(openHours(schedule, opens)).toEqual({ isOpen: true, untilMs: closes });
      expect(closes - opens).toBe(hours * 3_600_000);
    },
  );

  it('takes a time that the clock leaves out for the change, and one that it shows twice for the first', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const change = at('2026-03-29T01:00Z');
    const spring = [span([7], '02:30', '03:15')];
    expect(openHours(spring, change - 1)).toEqual({ isOpen: false, untilMs: change });
    expect(openHours(spring, change)).toEqual({ isOpen: true, untilMs: at('2026-03-29T03:15') });
    const autumn = [span([7], '01:00', '02:30')];
    expect(openHours(autumn, at('2026-10-25T01:00'))).toEqual({
      isOpen: true,
      untilMs: at('2026-10-25T00:30Z'),
    });
  });

  it('goes by the zone that the machine is in now', () => {
    const schedule = [span([...WEEK], '09:00', '17:00')];
    const now = at('2026-11-27T08:30Z');
    vi.stubEnv('TZ', 'Europe/Berlin');
    expect(openHours(schedule, now).isOpen).toBe(true);
    vi.stubEnv('TZ', 'America/New_York');
    expect(openHours(schedule, now)).toEqual({ isOpen: false, untilMs: at('2026-11-27T14:00Z') });
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'])(
    'in %s stays as it is until it says, and is the other then',
    (zone) => {
      vi.stubEnv('TZ', zone);
      const minute = fc.integer({ min: 0, max: 1439 });
      const spans = fc.array(
        fc.record({
          days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
          fromMinute: minute,
          toMinute: minute,
        }),
        { minLength: 1, maxLength: 4 },
      );
      const from = Date.UTC(2026, 0, 1);
      const moment = fc.integer({ min: 0, max: 365 * 24 * 60 }).map((n) => from + n * 60_000);
      fc.assert(
        fc.property(spans, moment, fc.double({ min: 0, max: 1, noNaN: true }), (schedule, now, share) => {
          const { isOpen, untilMs } = openHours(schedule, now);
          if (untilMs === null) return isOpen;
          const between = now + Math.floor((untilMs - now - 1) * share);
          return (
            untilMs > now &&
            openHours(schedule, between).isOpen === isOpen &&
            openHours(schedule, untilMs).isOpen !== isOpen
          );
        }),
        { numRuns: 150 },
      );
    },
  );
});
