import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock';
import { WallJumps } from './wall-jumps';

const HOUR = 3_600_000;
const MONTH = 30 * 24 * HOUR;

describe('a wall clock that is set', () => {
  it.each([HOUR, -HOUR, MONTH, -MONTH])('by %i ms is noticed once, and told', async (byMs) => {
    const clock = new VirtualClock();
    const jumps = new WallJumps(clock);
    const told: number[] = [];
    const stop = jumps.onJump((ms) => told.push(ms));
    await clock.advance(5000);
    jumps.look();
    clock.setWall(byMs);
    await clock.advance(5000);
    jumps.look();
    jumps.look();
    expect(told).toEqual([byMs]);
    stop();
    clock.setWall(byMs);
    jumps.look();
    expect(told).toHaveLength(1);
  });

  it('by less than a second, as time servers do, is no jump', () => {
    const clock = new VirtualClock();
    const jumps = new WallJumps(clock);
    jumps.onJump(() => expect.unreachable());
    clock.setWall(999);
    jumps.look();
  });

  it('changes nothing about how long ago something was', async () => {
    const step = fc.record({
      goesBy: fc.integer({ min: 0, max: HOUR }),
      set: fc.integer({ min: -MONTH, max: MONTH }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const clock = new VirtualClock();
        const jumps = new WallJumps(clock);
        const stored: { wallMs: number; atMs: number }[] = [];
        for (const { goesBy, set } of steps) {
          stored.push({ wallMs: clock.now(), atMs: clock.monotonic() });
          jumps.ageMs(clock.now());
          clock.setWall(set);
          await clock.advance(goesBy);
        }
        // The same wall time twice is the one case that a stored time alone cannot tell.
        const once = stored.filter(({ wallMs }, index) =>
          stored.every((other, at) => at === index || Math.abs(other.wallMs - wallMs) > 1000),
        );
        for (const { wallMs, atMs } of once) {
          const ageMs = jumps.ageMs(wallMs);
          expect(Math.abs(ageMs - (clock.monotonic() - atMs))).toBeLessThanOrEqual(1000);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('before this run, to later than now, makes what was stored then as old as the run', async () => {
    const clock = new VirtualClock();
    const jumps = new WallJumps(clock);
    const later = clock.now() + MONTH;
    expect(jumps.ageMs(later)).toBe(0);
    await clock.advance(HOUR);
    expect(jumps.ageMs(later)).toBe(HOUR);
    expect(jumps.ageMs(clock.now() - 2 * HOUR)).toBe(2 * HOUR);
  });

  it('leaves out nothing that happened lately', async () => {
    const clock = new VirtualClock();
    const jumps = new WallJumps(clock);
    const before = clock.now();
    clock.setWall(-MONTH);
    jumps.look();
    await clock.advance(HOUR / 2);
    const after = clock.now();
    clock.setWall(2 * MONTH);
    await clock.advance(1);
    for (const storedMs of [before, after, clock.now()])
      expect(jumps.lowestWithin(HOUR)).toBeLessThanOrEqual(storedMs);
  });
});
