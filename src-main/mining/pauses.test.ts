import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { Pauses, pauseEnd } from './pauses';

const NO_RULES = { holding: [], isSettled: true };

describe('pauses', () => {
  it('end by themselves at their time, or when taken back', async () => {
    const clock = new VirtualClock();
    const pauses = new Pauses(clock, NO_RULES);
    pauses.set('manual', { afterMs: 100 });
    pauses.set('suspended', null);
    await clock.advance(99);
    expect(pauses.current()).toHaveLength(2);
    await clock.advance(1);
    expect(pauses.current()).toEqual([{ reason: 'suspended', untilMs: null }]);
    pauses.clear('suspended');
    expect(pauses.current()).toEqual([]);
  });

  it('of an hour last an hour, and say until when, whatever the wall clock is set to', async () => {
    for (const jumpMs of [-7_200_000, 30 * 86_400_000]) {
      const clock = new VirtualClock();
      const pauses = new Pauses(clock, NO_RULES);
      pauses.set('manual', { afterMs: 3_600_000 });
      clock.setWall(jumpMs);
      await clock.advance(3_599_999);
      expect(pauses.current()).toEqual([{ reason: 'manual', untilMs: clock.now() + 1 }]);
      await clock.advance(1);
      expect(pauses.current()).toEqual([]);
    }
  });

  it('until tomorrow end with the day of the wall clock', () => {
    const clock = new VirtualClock();
    const pauses = new Pauses(clock, NO_RULES);
    pauses.set('manual', { atMs: clock.now() + 10_000 });
    clock.setWall(10_000);
    expect(pauses.current()).toEqual([]);
  });

  it('name the rules that hold beside them, and let nothing begin before these were judged', () => {
    const rules = { holding: [{ reason: 'battery' as const, untilMs: null }], isSettled: true };
    const pauses = new Pauses(new VirtualClock(), rules);
    pauses.set('manual', null);
    expect(pauses.current().map(({ reason }) => reason)).toEqual(['manual', 'battery']);
    const mayWork = (change: Partial<typeof rules>) =>
      new Pauses(new VirtualClock(), { ...rules, ...change }).mayWork;
    expect([mayWork({}), mayWork({ holding: [] }), mayWork({ holding: [], isSettled: false })]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('last as long as their preset says', () => {
    const now = new Date(2026, 4, 5, 13, 30).getTime();
    expect(pauseEnd('15m', now)).toEqual({ afterMs: 900_000 });
    expect(pauseEnd('1h', now)).toEqual({ afterMs: 3_600_000 });
    expect(pauseEnd('tomorrow', now)).toEqual({ atMs: new Date(2026, 4, 6).getTime() });
    expect(pauseEnd('manual', now)).toBeNull();
  });
});
