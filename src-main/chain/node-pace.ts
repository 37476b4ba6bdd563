import { AppError } from '../../src-shared/errors';
import { spanText } from '../../src-shared/span-text';

// What is asked of a wait; a server that is wrong about it is asked again some time.
const LONGEST_HOLD_MS = 10 * 60_000;
// An answer that takes longer is noticed: results come late by it, or too late.
const SLOW_MS = 1000;
const REMEMBERED = 5;
// Told to the tenth of a second, so that it does not flicker.
const SHOWN_MS = 100;

/** How fast a node answers, and for how long it asks to be left alone. */
export class NodePace {
  readonly #url: string;
  readonly #monotonic: () => number;
  #tookMs: readonly number[] = [];
  #heldUntilMs = Number.NEGATIVE_INFINITY;

  /** @param monotonic ms of a clock that never goes back */
  constructor(url: string, monotonic: () => number) {
    this.#url = url;
    this.#monotonic = monotonic;
  }

  /** For how long the node is not to be asked, ms; 0 where it may be. */
  get heldForMs(): number {
    return Math.max(0, this.#heldUntilMs - this.#monotonic());
  }

  /** How long an answer takes where that is long, the median of the last few, ms; null where it is not. */
  get slowMs(): number | null {
    const sorted = this.#tookMs.toSorted((a, b) => a - b);
    const median = sorted.length < REMEMBERED ? undefined : sorted[Math.floor(REMEMBERED / 2)];
    return median !== undefined && median >= SLOW_MS ? Math.round(median / SHOWN_MS) * SHOWN_MS : null;
  }

  /** Does a request where the node may be asked, and notes how long it takes. @throws AppError `node_busy`; what `request` does */
  async timed<T>(request: () => Promise<T>): Promise<T> {
    this.requireFree();
    const began = this.#monotonic();
    try {
      return await request();
    } finally {
      this.#tookMs = [...this.#tookMs.slice(1 - REMEMBERED), this.#monotonic() - began];
    }
  }

  /** @throws AppError `node_busy` where the node is not to be asked now */
  requireFree(): void {
    if (this.heldForMs > 0) throw this.#busy();
  }

  /** The node asks to be left alone for so long. */
  hold(ms: number): AppError {
    this.#heldUntilMs = this.#monotonic() + Math.min(ms, LONGEST_HOLD_MS);
    return this.#busy();
  }

  #busy(): AppError {
    const seconds = Math.ceil(this.heldForMs / 1000);
    return new AppError(
      'node_busy',
      `The node ${this.#url} asks to be left alone for ${spanText(seconds * 1000)} more.`,
      {
        remedy: 'wait',
        params: { url: this.#url, seconds },
      },
    );
  }
}
