import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../src-shared/pause-rules/rule-status';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import { VirtualClock } from '../clock/virtual-clock';
import { known, unknown } from '../machine/machine';
import {
  type Facts,
  judgeActive,
  judgeApp,
  judgeBattery,
  judgeFullScreen,
  judgeHot,
  judgeSchedule,
  type Past,
} from './judge';

const clock = new VirtualClock();
const HOLDS: Judgement = { kind: 'holds', untilMs: null, by: null, overridden: false };
const FREE: Judgement = { kind: 'free', unseen: null };
const held = (sinceMs: number, trueMs = sinceMs, by: string | null = null): Past => ({
  judgement: { ...HOLDS, by },
  sinceMs,
  trueMs,
});

describe('whether somebody uses the computer', () => {
  const judge = (facts: Facts) => judgeActive(facts, DEFAULT_SETTINGS, null, clock);
  const film = known(false);

  it('goes by how long nobody touched it', () => {
    expect(judge({ idleSeconds: known(179.9), film })).toEqual(HOLDS);
    expect(judge({ idleSeconds: known(180), film })).toEqual(FREE);
  });

  it('takes a film or a call for use, and says where it can’t see one', () => {
    expect(judge({ idleSeconds: known(9999), film: known(true) })).toEqual({ ...HOLDS, by: 'film' });
    expect(judge({ idleSeconds: known(9999), film: unknown('no_film_service') })).toEqual({
      kind: 'free',
      unseen: 'no_film_service',
    });
  });

  it('is never judged to be free without knowing', () => {
    expect(judge({ idleSeconds: unknown('wayland'), film })).toEqual({ kind: 'unknown', why: 'wayland' });
    expect(judge({ film })).toEqual({ kind: 'unknown', why: 'asking' });
  });
});

describe('whether it runs on battery', () => {
  it('is not known where there is none', () => {
    const judge = (facts: Facts) => judgeBattery(facts, DEFAULT_SETTINGS, null, clock);
    expect(judge({ power: known('battery') })).toEqual(HOLDS);
    expect(judge({ power: known('mains') })).toEqual(FREE);
    expect(judge({ power: unknown('no_battery') })).toEqual({ kind: 'unknown', why: 'no_battery' });
  });
});

describe('an app that fills the screen, or is of the list', () => {
  it('holds a little longer than it is there, and says until when', async () => {
    const virtual = new VirtualClock();
    const judge = (isFull: boolean, past: Past | null) =>
      judgeFullScreen({ fullScreen: known(isFull) }, DEFAULT_SETTINGS, past, virtual);
    expect(judge(false, null)).toEqual(FREE);
    expect(judge(true, null)).toEqual(HOLDS);
    await virtual.advance(1000);
    expect(judge(false, held(0, 1000))).toEqual({ ...HOLDS, untilMs: virtual.now() + 15_000 });
    await virtual.advance(15_000);
    expect(judge(false, held(0, 1000))).toEqual(FREE);
  });

  it('is named, the first of the list that runs', () => {
    const settings = { ...DEFAULT_SETTINGS, pauseApps: ['blender', 'steam'] };
    const judge = (names: string[]) => judgeApp({ apps: known(new Set(names)) }, settings, null, clock);
    expect(judge(['init', 'steam'])).toEqual({ ...HOLDS, by: 'steam' });
    expect(judge(['init'])).toEqual(FREE);
    expect(judgeApp({ apps: known(new Set()) }, DEFAULT_SETTINGS, null, clock)).toEqual({
      kind: 'unknown',
      why: 'nothing_listed',
    });
  });
});

describe('the schedule', () => {
  it('holds until it opens, and holds nothing where it is empty', () => {
    const now = new Date(2026, 10, 27, 12).getTime();
    const noon = { ...clock, now: () => now };
    const judge = (fromMinute: number) =>
      judgeSchedule(
        {},
        { ...DEFAULT_SETTINGS, pauseSchedule: [{ days: [5], fromMinute, toMinute: 14 * 60 }] },
        null,
        noon,
      );
    expect(judge(13 * 60)).toEqual({ ...HOLDS, untilMs: now + 3_600_000 });
    expect(judge(11 * 60)).toEqual(FREE);
    expect(judgeSchedule({}, DEFAULT_SETTINGS, null, noon)).toEqual({
      kind: 'unknown',
      why: 'nothing_listed',
    });
  });
});

describe('heat', () => {
  const judge = (degrees: number, past: Past | null, virtual = clock) =>
    judgeHot({ temperatureC: known(degrees) }, DEFAULT_SETTINGS, past, virtual);

  it('holds from the one value on until it is below the other', async () => {
    const virtual = new VirtualClock();
    await virtual.advance(3_600_000);
    expect(judge(84.9, null)).toEqual(FREE);
    expect(judge(85, null)).toEqual(HOLDS);
    expect(judge(75, held(0), virtual)).toEqual(HOLDS);
    expect(judge(74.9, held(0), virtual)).toEqual(FREE);
  });

  it('holds for a while at least, and says until when once it has cooled down', async () => {
    const virtual = new VirtualClock();
    const untilMs = virtual.now() + 120_000;
    await virtual.advance(60_000);
    expect(judge(60, held(0), virtual)).toEqual({ ...HOLDS, untilMs });
    await virtual.advance(60_000);
    expect(judge(60, held(0), virtual)).toEqual(FREE);
  });

  it('is over below the limit where the other value is set above it', async () => {
    const virtual = new VirtualClock();
    await virtual.advance(3_600_000);
    const settings = { ...DEFAULT_SETTINGS, pauseHotC: 60, pauseCoolC: 90 };
    expect(judgeHot({ temperatureC: known(59) }, settings, held(0), virtual)).toEqual(FREE);
  });
});
