import { FULL_PACE, type Pace } from '../../src-shared/ipc/pace';

// A timer shorter than this is not kept to; rests are saved up until they are as long.
export const SHORTEST_REST_MS = 4;

/** Keeps the work to the pace a person set; a change holds from the next slice on. */
export class Pacer {
  #pace: Pace = FULL_PACE;
  #owedMs = 0;
  #restedMs = 0;
  readonly #rest: (ms: number, signal: AbortSignal) => Promise<number>;

  /** @param rest waits so long or until the signal fires, and tells how long it was, ms */
  constructor(rest: (ms: number, signal: AbortSignal) => Promise<number> = sleep) {
    this.#rest = rest;
  }

  get pace(): Pace {
    return this.#pace;
  }

  set(pace: Pace): void {
    this.#pace = pace;
    this.#owedMs = 0;
  }

  /** How long the work has rested so far, ms. */
  get restedMs(): number {
    return this.#restedMs;
  }

  /** Counts a rest that was taken elsewhere, as by threads of their own. */
  noteRest(ms: number): void {
    this.#restedMs += ms;
  }

  /** Slices that may be on their way at once: while the work rests nothing may be. */
  get inFlight(): 1 | 2 {
    return this.#pace.dutyPercent === 100 ? 2 : 1;
  }

  /** Rests for the share that so much work owes; longer rests than were due count for the next. */
  async after(busyMs: number, signal: AbortSignal): Promise<void> {
    const { dutyPercent } = this.#pace;
    if (dutyPercent === 100) return;
    this.#owedMs += restFor(busyMs, dutyPercent);
    if (this.#owedMs < SHORTEST_REST_MS) return;
    const restedMs = await this.#rest(this.#owedMs, signal);
    this.#owedMs -= restedMs;
    this.noteRest(restedMs);
  }
}

/** How long to rest for each stretch of work, so that the work makes up `dutyPercent` of the time. */
export function restFor(busyMs: number, dutyPercent: number): number {
  return busyMs * (100 / dutyPercent - 1);
}

function sleep(ms: number, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(performance.now() - started);
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
