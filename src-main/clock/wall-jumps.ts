import type { Clock } from './clock';

// Time servers nudge a clock by less; a person, a time zone bug or a machine's sleep moves it by more.
const LEAST_JUMP_MS = 1000;
const REMEMBERED_JUMPS = 16;
const REMEMBERED_TIMES = 4096;

/** A while in which wall time was monotonic time plus `offsetMs`; both ends are as exact as the clock was looked at. */
type Span = { readonly fromMs: number; toMs: number; readonly offsetMs: number };

/**
 * Notices that the wall clock was set, or that the machine slept, from how it drifts against the monotonic one; and
 * tells how long ago something was that is stored in wall time, with that taken out. The one place that knows of it.
 */
export class WallJumps {
  readonly #clock: Clock;
  readonly #startedMs: number;
  readonly #spans: Span[];
  /** When, monotonic, what is stored under a wall time was. */
  readonly #moments = new Map<number, number>();
  readonly #listeners = new Set<(byMs: number) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
    const now = clock.monotonic();
    this.#startedMs = now;
    // What is stored from before this run is taken to be by the clock as the run found it.
    this.#spans = [{ fromMs: Number.NEGATIVE_INFINITY, toMs: now, offsetMs: clock.now() - now }];
  }

  /** Calls back with each jump in ms, negative where the clock was set back; returns the function that stops it. */
  onJump(listener: (byMs: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Looks at the clock now; whatever asks for an age looks too. */
  look(): void {
    const now = this.#clock.monotonic();
    const offsetMs = this.#clock.now() - now;
    const span = this.#spans[0];
    if (span === undefined) return;
    const byMs = offsetMs - span.offsetMs;
    const since = span.toMs;
    span.toMs = now;
    if (Math.abs(byMs) < LEAST_JUMP_MS) return;
    // It came at some time since the last look: what was stored meanwhile may be by either.
    this.#spans.unshift({ fromMs: since, toMs: now, offsetMs });
    if (this.#spans.length > REMEMBERED_JUMPS) this.#spans.splice(-2, 1);
    for (const listener of [...this.#listeners]) listener(byMs);
  }

  /**
   * How long ago something was, ms, by the wall time stored for it. A time later than now was stored before this run,
   * by a clock that was wrong: it counts as the run's beginning. An answer once given stays true: after the clock was
   * set back, the same time comes twice.
   */
  ageMs(storedMs: number): number {
    this.look();
    let moment = this.#moments.get(storedMs);
    if (moment === undefined) {
      moment = this.#momentOf(storedMs);
      this.#moments.set(storedMs, moment);
      const [first] = this.#moments.keys();
      if (this.#moments.size > REMEMBERED_TIMES && first !== undefined) this.#moments.delete(first);
    }
    return Math.max(0, this.#clock.monotonic() - moment);
  }

  /** The lowest wall time that what happened within the last so many ms can be stored under. */
  lowestWithin(ms: number): number {
    this.look();
    const fromMs = this.#clock.monotonic() - ms;
    const within = this.#spans.filter(({ toMs }) => toMs + LEAST_JUMP_MS >= fromMs);
    return Math.min(...within.map((span) => span.offsetMs + Math.max(fromMs, span.fromMs))) - LEAST_JUMP_MS;
  }

  /** By the newest span that has such a time. */
  #momentOf(storedMs: number): number {
    for (const { fromMs, toMs, offsetMs } of this.#spans) {
      const atMs = storedMs - offsetMs;
      if (atMs >= fromMs - LEAST_JUMP_MS && atMs <= toMs + LEAST_JUMP_MS) return atMs;
    }
    return this.#startedMs;
  }
}
