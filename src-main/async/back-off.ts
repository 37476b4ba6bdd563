/** Waits that double from `firstMs` to `mostMs`, each shortened by up to a quarter so that clients spread out. */
export class BackOff {
  readonly #firstMs: number;
  readonly #mostMs: number;
  readonly #random: () => number;
  #failures = 0;

  constructor(firstMs: number, mostMs: number, random: () => number = Math.random) {
    this.#firstMs = firstMs;
    this.#mostMs = mostMs;
    this.#random = random;
  }

  /** The next wait in ms. */
  next(): number {
    const full = Math.min(this.#firstMs * 2 ** this.#failures, this.#mostMs);
    this.#failures = Math.min(this.#failures + 1, 30);
    return full * (1 - this.#random() / 4);
  }

  reset(): void {
    this.#failures = 0;
  }
}
