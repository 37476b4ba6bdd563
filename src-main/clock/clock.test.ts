import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock, wallTimeOf } from './clock';
import { VirtualClock } from './virtual-clock';

describe("this machine's clock", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits longer than one timer can', async () => {
    const act = vi.fn();
    const thirtyDaysMs = 30 * 86_400_000;
    systemClock.after(thirtyDaysMs, act);
    await vi.advanceTimersByTimeAsync(thirtyDaysMs - 1);
    expect(act).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(act).toHaveBeenCalledTimes(1);
  });

  it('does nothing that was called off, however far on', async () => {
    const act = vi.fn();
    const callOff = systemClock.after(30 * 86_400_000, act);
    await vi.advanceTimersByTimeAsync(29 * 86_400_000);
    callOff();
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(act).not.toHaveBeenCalled();
  });
});

describe('the wall time of a moment', () => {
  it('is what the wall clock will say then', async () => {
    const clock = new VirtualClock(1_000_000);
    await clock.advance(50);
    expect(wallTimeOf(clock, clock.monotonic() + 700)).toBe(1_000_750);
  });

  it('does not flicker, and follows a clock that was set', () => {
    const clock = new VirtualClock(1_000_000);
    const due = clock.monotonic() + 700;
    expect(wallTimeOf(clock, due, 1_000_701)).toBe(1_000_701);
    clock.setWall(-60_000);
    expect(wallTimeOf(clock, due, 1_000_701)).toBe(940_700);
  });
});
