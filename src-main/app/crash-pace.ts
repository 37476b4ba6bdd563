import { BackOff } from '../async/back-off';
import type { Clock } from '../clock/clock';

// A page that was there for so long works; what ended it then is no row of crashes.
const WORKED_MS = 60_000;
const MOST_IN_A_ROW = 5;

/**
 * When a page whose process crashed is opened again: after 1, 2, 4, 8 s, and after the fifth crash in a row not by
 * itself, as it would crash at each load.
 */
export class CrashPace {
  readonly #monotonic: Clock['monotonic'];
  readonly #backOff: BackOff;
  #openedMs = 0;
  #inARow = 0;

  constructor(monotonic: Clock['monotonic'], random?: () => number) {
    this.#monotonic = monotonic;
    this.#backOff = new BackOff(1000, 30_000, random);
  }

  /** The page is opened. */
  opened(): void {
    this.#openedMs = this.#monotonic();
  }

  /** The page crashed. @returns in how many ms it is to be opened again; null: not before a person wants it */
  crashed(): number | null {
    if (this.#monotonic() - this.#openedMs >= WORKED_MS) {
      this.#inARow = 0;
      this.#backOff.reset();
    }
    this.#inARow += 1;
    return this.#inARow < MOST_IN_A_ROW ? this.#backOff.next() : null;
  }
}
