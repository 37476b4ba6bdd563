import type { Pause, PausePreset, PauseReason } from '../../src-shared/mining/pause';
import type { Clock } from '../clock/clock';

/** The reasons that hold the miner back now, each with its end where it has one. */
export class Pauses {
  readonly #clock: Clock;
  readonly #reasons = new Map<PauseReason, number | null>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param untilMs ms since the epoch; null for no end of its own */
  set(reason: PauseReason, untilMs: number | null): void {
    this.#reasons.set(reason, untilMs);
  }

  clear(reason: PauseReason): void {
    this.#reasons.delete(reason);
  }

  /** What still holds; what has run out is forgotten. */
  current(): Pause[] {
    const now = this.#clock.now();
    for (const [reason, untilMs] of this.#reasons) {
      if (untilMs !== null && untilMs <= now) this.#reasons.delete(reason);
    }
    return [...this.#reasons].map(([reason, untilMs]) => ({ reason, untilMs }));
  }
}

/** When a pause a person chose ends: ms since the epoch, null for "until I resume". */
export function pauseEnd(preset: PausePreset, now: number): number | null {
  if (preset === 'manual') return null;
  if (preset === '15m') return now + 15 * 60_000;
  if (preset === '1h') return now + 60 * 60_000;
  const tomorrow = new Date(now);
  tomorrow.setHours(24, 0, 0, 0);
  return tomorrow.getTime();
}
