/** Waits that double from `firstMs` to `mostMs`, each shortened by a share drawn anew, so that clients spread out. */
export class BackOff {
  readonly #firstMs: number;
  readonly #mostMs: number;
  readonly #random: () => number;
  readonly #jitter: number;
  #failures = 0;

  /** @param jitter the most by which a wait is shortened: a quarter of it, or all of it (1, "full jitter") */
  constructor(firstMs: number, mostMs: number, random: () => number = Math.random, jitter = 0.25) {
    this.#firstMs = firstMs;
    this.#mostMs = mostMs;
    this.#random = random;
    this.#jitter = jitter;
  }

  /** The next wait in ms. */
  next(): number {
    const full = Math.min(this.#firstMs * 2 ** this.#failures, this.#mostMs);
    this.#failures = Math.min(this.#failures + 1, 30);
    return full * (1 - this.#random() * this.#jitter);
  }

  reset(): void {
    this.#failures = 0;
  }
}
