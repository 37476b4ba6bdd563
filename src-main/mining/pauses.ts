import type { Pause, PausePreset, PauseReason } from '../../src-shared/mining/pause';
import { endOfDay } from '../clock/calendar';
import { type Clock, wallTimeOf } from '../clock/clock';

/** When a pause ends by itself: after so long, at a wall time (ms since the epoch), or not at all. */
export type PauseEnd = { readonly afterMs: number } | { readonly atMs: number } | null;

/** The reasons that hold the miner back now, each with its end where it has one. */
export class Pauses {
  readonly #clock: Clock;
  readonly #reasons = new Map<PauseReason, { readonly dueMs: number | null; untilMs: number | null }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(reason: PauseReason, end: PauseEnd): void {
    const { now, monotonic } = this.#clock;
    const ends =
      end === null
        ? { dueMs: null, untilMs: null }
        : 'atMs' in end
          ? { dueMs: null, untilMs: end.atMs }
          : { dueMs: monotonic() + end.afterMs, untilMs: now() + end.afterMs };
    this.#reasons.set(reason, ends);
  }

  clear(reason: PauseReason): void {
    this.#reasons.delete(reason);
  }

  /** What still holds; what has run out is forgotten. */
  current(): Pause[] {
    const { now, monotonic } = this.#clock;
    for (const [reason, ends] of this.#reasons) {
      const { dueMs } = ends;
      // After the clock was set, a pause of an hour still is one.
      if (dueMs !== null) ends.untilMs = wallTimeOf(this.#clock, dueMs, ends.untilMs);
      const isOver = dueMs === null ? ends.untilMs !== null && ends.untilMs <= now() : dueMs <= monotonic();
      if (isOver) this.#reasons.delete(reason);
    }
    return [...this.#reasons].map(([reason, { untilMs }]) => ({ reason, untilMs }));
  }
}

/** When a pause a person chose ends. */
export function pauseEnd(preset: PausePreset, now: number): PauseEnd {
  if (preset === 'manual') return null;
  if (preset === '15m') return { afterMs: 15 * 60_000 };
  if (preset === '1h') return { afterMs: 60 * 60_000 };
  return { atMs: endOfDay(now) };
}

/**
 * What is left of a pause that a person chose before the app ended; never more than it was to be, whatever the clock was
 * set to meanwhile.
 * @param atMs when it was chosen @param now both wall time, ms since the epoch
 */
export function restOfPause(preset: PausePreset, atMs: number, now: number): PauseEnd | 'over' {
  const end = pauseEnd(preset, Math.min(atMs, now));
  if (end === null) return null;
  if ('atMs' in end) return end.atMs <= now ? 'over' : end;
  const leftMs = end.afterMs - Math.max(0, now - atMs);
  return leftMs <= 0 ? 'over' : { afterMs: leftMs };
}
