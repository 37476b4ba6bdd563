import { describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { VirtualClock } from '../clock/virtual-clock';
import { MinerSwitch } from './miner-switch';
import { Pauses } from './pauses';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The switch as one start of the app after another has it, on what is kept between them. */
function profile() {
  const kept = new Map<string, unknown>();
  const clock = new VirtualClock(new Date(2026, 10, 26, 12).getTime());
  const start = ({ takesUp = true } = {}) => {
    const rules = { holding: [], isSettled: true, override: vi.fn() };
    const pauses = new Pauses(clock, rules);
    const sending = { is: false };
    const work = {
      running: false,
      isBusy: false,
      start: () => {
        work.running = true;
      },
      stop: () => {
        work.running = false;
      },
      finish: () => {
        work.running = false;
      },
      drop: () => undefined,
    };
    const settings = {
      get: <T>(name: string, schema: z.ZodType<T>) => schema.safeParse(kept.get(name)).data,
      set: (name: string, value: unknown) => void kept.set(name, JSON.parse(JSON.stringify(value))),
    };
    const power: MinerSwitch = new MinerSwitch({
      settings,
      work,
      pauses,
      rules,
      isSending: () => sending.is,
      clock,
      onChange: () => void power.look(),
    });
    if (takesUp) power.takeUp();
    return { power, pauses, rules, work, sending };
  };
  return { kept, clock, start };
}

describe('what a person decided', () => {
  it('is done again at the next start: mining, or not', () => {
    const { start } = profile();
    expect(start().power.running).toBe(false);
    start().power.start();
    expect(start().power.running).toBe(true);
    start().power.stop();
    expect(start().power.running).toBe(false);
  });

  it('is not overruled by a run whose command line says otherwise', () => {
    const { start } = profile();
    start({ takesUp: false }).power.startForRun();
    expect(start().power.running).toBe(false);
    start().power.pause('manual');
    start({ takesUp: false }).power.startForRun();
    expect(start().pauses.current()).toEqual([{ reason: 'manual', untilMs: null }]);
  });

  it('goes on with its end where it was a pause, and no longer than it was to be', async () => {
    const { start, clock } = profile();
    const { power } = start();
    const untilMs = clock.now() + HOUR;
    power.pause('1h');
    await clock.advance(20 * MINUTE);
    const { pauses } = start();
    expect(pauses.current()).toEqual([{ reason: 'manual', untilMs }]);
    await clock.advance(40 * MINUTE - 1);
    expect(pauses.current()).toHaveLength(1);
    await clock.advance(1);
    expect(pauses.current()).toEqual([]);
    expect(start().pauses.current()).toEqual([]);
  });

  it('lasts an hour at most where that was said, though the clock was set back before the next start', async () => {
    const { start, clock } = profile();
    start().power.pause('1h');
    clock.setWall(-30 * 24 * HOUR);
    const { pauses } = start();
    expect(pauses.current()).toHaveLength(1);
    await clock.advance(HOUR);
    expect(pauses.current()).toEqual([]);
  });

  it('until tomorrow ends at midnight, after a start too', async () => {
    const { start, clock } = profile();
    start().power.pause('tomorrow');
    await clock.advance(11 * HOUR);
    expect(start().pauses.current()).toHaveLength(1);
    await clock.advance(HOUR);
    expect(start().pauses.current()).toEqual([]);
  });

  it('is taken back by Resume, for the next start too', () => {
    const { start } = profile();
    const { power, pauses } = start();
    power.pause('manual');
    power.resume();
    expect([pauses.current(), start().pauses.current()]).toEqual([[], []]);
  });

  it('to resume overrides the rules that hold it back too', () => {
    const { power, rules } = profile().start();
    power.pause('manual');
    power.resume();
    expect(rules.override).toHaveBeenCalledOnce();
  });

  it('is nothing where what is kept of it is spoilt', () => {
    const { start, kept } = profile();
    for (const spoilt of ['yes', 7, { preset: 'for ever', atMs: 1 }, { preset: '1h' }, {}]) {
      kept.set('miner.paused', spoilt);
      expect(start().pauses.current()).toEqual([]);
    }
  });
});

describe('a machine that was said to sleep', () => {
  it('is awake once anybody says so: its own event, Resume, or time that goes by', async () => {
    for (const sign of ['event', 'resume', 'time']) {
      const { start, clock } = profile();
      const { power, pauses } = start();
      power.hold('suspended');
      expect(pauses.current()).toEqual([{ reason: 'suspended', untilMs: null }]);
      if (sign === 'event') power.release('suspended');
      if (sign === 'resume') power.resume();
      if (sign === 'time') await clock.advance(MINUTE);
      expect(pauses.current(), sign).toEqual([]);
      expect(clock.waiting).toBe(0);
    }
  });

  it('and its waking up does not end the pause of a person', async () => {
    const { start, clock } = profile();
    const { power, pauses } = start();
    power.pause('manual');
    power.hold('suspended');
    await clock.advance(MINUTE);
    expect(pauses.current()).toEqual([{ reason: 'manual', untilMs: null }]);
  });
});

describe('to finish', () => {
  it('begins nothing new, and is off once what is in hand is done and in a block', () => {
    const { power, work, sending } = profile().start();
    power.start();
    work.isBusy = true;
    power.finish();
    expect([work.running, power.isFinishing]).toEqual([false, true]);
    Object.assign(sending, { is: true });
    work.isBusy = false;
    expect([power.look(), power.isFinishing]).toEqual([false, true]);
    Object.assign(sending, { is: false });
    expect([power.look(), power.isFinishing]).toEqual([true, false]);
  });

  it('does not wait for ever for a block', async () => {
    const { start, clock } = profile();
    const { power, sending } = start();
    power.start();
    Object.assign(sending, { is: true });
    power.finish();
    await clock.advance(5 * MINUTE - 1);
    expect(power.isFinishing).toBe(true);
    await clock.advance(1);
    expect([power.isFinishing, clock.waiting]).toEqual([false, 0]);
  });

  it('leaves it off for the next start, and is taken back by Start', () => {
    const { start } = profile();
    const { power, work } = start();
    power.start();
    work.isBusy = true;
    power.finish();
    expect(start().power.running).toBe(false);
    power.start();
    expect([power.running, power.isFinishing]).toEqual([true, false]);
    expect(start().power.running).toBe(true);
  });

  it('does nothing where it is off', () => {
    const { power } = profile().start();
    power.finish();
    expect(power.isFinishing).toBe(false);
  });
});
