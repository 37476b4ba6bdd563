import type { Pause, PausePreset, PauseReason } from '../../src-shared/mining/pause';
import type { PauseRule } from '../../src-shared/pause-rules/pause-rule';
import { endOfDay } from '../clock/calendar';
import { type Clock, wallTimeOf } from '../clock/clock';
import type { PauseRules } from '../pause-rules/pause-rules';

/** When a pause ends by itself: after so long, at a wall time (ms since the epoch), or not at all. */
export type PauseEnd = { readonly afterMs: number } | { readonly atMs: number } | null;

/** What a person decides, and the machine's sleep; what the rules come to, they know themselves. */
export type HeldReason = Exclude<PauseReason, PauseRule>;

/** The reasons that hold the miner back now, each with its end where it has one. */
export class Pauses {
  readonly #clock: Clock;
  readonly #rules: Pick<PauseRules, 'holding' | 'isSettled'>;
  readonly #reasons = new Map<HeldReason, { readonly dueMs: number | null; untilMs: number | null }>();

  constructor(clock: Clock, rules: Pick<PauseRules, 'holding' | 'isSettled'>) {
    this.#clock = clock;
    this.#rules = rules;
  }

  set(reason: HeldReason, end: PauseEnd): void {
    const { now, monotonic } = this.#clock;
    const ends =
      end === null
        ? { dueMs: null, untilMs: null }
        : 'atMs' in end
          ? { dueMs: null, untilMs: end.atMs }
          : { dueMs: monotonic() + end.afterMs, untilMs: now() + end.afterMs };
    this.#reasons.set(reason, ends);
  }

  clear(reason: HeldReason): void {
    this.#reasons.delete(reason);
  }

  /** Whether work may begin: nothing holds it back, and no rule is still to be judged for the first time. */
  get mayWork(): boolean {
    return this.#rules.isSettled && this.current().length === 0;
  }

  /** What still holds, the rules last; what has run out is forgotten. */
  current(): Pause[] {
    const { now, monotonic } = this.#clock;
    for (const [reason, ends] of this.#reasons) {
      const { dueMs } = ends;
      // After the clock was set, a pause of an hour still is one.
      if (dueMs !== null) ends.untilMs = wallTimeOf(this.#clock, dueMs, ends.untilMs);
      const isOver = dueMs === null ? ends.untilMs !== null && ends.untilMs <= now() : dueMs <= monotonic();
      if (isOver) this.#reasons.delete(reason);
    }
    const held = [...this.#reasons].map(([reason, { untilMs }]) => ({ reason, untilMs }));
    return [...held, ...this.#rules.holding];
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
