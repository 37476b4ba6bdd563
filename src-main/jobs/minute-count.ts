const SECOND_MS = 1000;
const SECONDS = 60;

/** How many of something there were within the last minute, to the second, at the cost of an addition each. */
export class MinuteCount {
  readonly #monotonic: () => number;
  readonly #seconds = new Array<number>(SECONDS).fill(0);
  /** The newest second that counts. */
  #second: number;

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
    this.#second = this.#now();
  }

  add(): void {
    this.#forget();
    const place = this.#second % SECONDS;
    this.#seconds[place] = (this.#seconds[place] ?? 0) + 1;
  }

  get count(): number {
    this.#forget();
    return this.#seconds.reduce((sum, count) => sum + count, 0);
  }

  /** Empties the places of seconds that went by since. */
  #forget(): void {
    const now = this.#now();
    const gone = Math.min(SECONDS, now - this.#second);
    for (let step = 1; step <= gone; step += 1) this.#seconds[(this.#second + step) % SECONDS] = 0;
    this.#second = now;
  }

  #now(): number {
    return Math.floor(this.#monotonic() / SECOND_MS);
  }
}
