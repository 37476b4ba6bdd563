import type { Clock } from '../clock/clock';

/** Whole Unix seconds of wall time, as the node counts. */
export function seconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000);
}
