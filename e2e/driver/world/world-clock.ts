import { type Clock, systemClock } from '../../../src-main/clock/clock';

/**
 * A clock by a world's time, which goes by in steps; what waits does so in real time.
 * @param skewMs how far the wall clock is ahead of the world's
 */
export function worldClock(nowMs: () => number, skewMs: () => number = () => 0): Clock {
  return { now: () => nowMs() + skewMs(), monotonic: nowMs, after: systemClock.after };
}
