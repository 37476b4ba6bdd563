import type { Clock } from './clock';

type Timer = { readonly dueMs: number; readonly act: () => void };

/** A clock that stands still until it is moved: whoever was given it runs as fast as the machine can. */
export class VirtualClock implements Clock {
  readonly #timers = new Set<Timer>();
  #monotonicMs = 0;
  #offsetMs: number;

  /** @param startMs wall time at first, ms since the epoch */
  constructor(startMs = 1_700_000_000_000) {
    this.#offsetMs = startMs;
  }

  /** Whole, as the system's is. */
  readonly now = (): number => Math.floor(this.#monotonicMs + this.#offsetMs);

  readonly monotonic = (): number => this.#monotonicMs;

  readonly after = (ms: number, act: () => void): (() => void) => {
    const timer = { dueMs: this.#monotonicMs + Math.max(0, ms), act };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Timers that are set and not due yet. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Sets the wall clock forward, or back where `byMs` is negative; no timer is any nearer for it. */
  setWall(byMs: number): void {
    this.#offsetMs += byMs;
  }

  /** Lets so many ms go by: what falls due runs at its time and in its order, and what it set going is let finish. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#monotonicMs + ms;
    await settled();
    for (let next = this.#next(endMs); next !== null; next = this.#next(endMs)) {
      this.#timers.delete(next);
      this.#monotonicMs = Math.max(this.#monotonicMs, next.dueMs);
      next.act();
      await settled();
    }
    this.#monotonicMs = endMs;
  }

  /** The first timer due by a moment; of several at once the one set first. */
  #next(byMs: number): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#timers) {
      if (timer.dueMs <= byMs && (first === null || timer.dueMs < first.dueMs)) first = timer;
    }
    return first;
  }
}

/** Promises that need no timer and no network have come to their end by then. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
