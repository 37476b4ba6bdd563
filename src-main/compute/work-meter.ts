import type { JobTime } from '../../src-shared/ipc/compute';
import { Listeners } from '../async/listeners';

/** A piece of work that a lane did, told of as it ends. */
export type Worked = JobTime & {
  /** What of it says how fast the lane is: integer operations of its product, and the ms that took; null for audits. */
  readonly product: { readonly operations: number; readonly ms: number } | null;
};

/** Tells what the lanes have done, for whoever keeps count of it. */
export class WorkMeter {
  readonly #monotonic: () => number;
  readonly #listeners: Listeners<Worked>;
  /** When each piece under way was begun, in that order. */
  readonly #begun = new Set<{ readonly atMs: number }>();

  /** @param monotonic ms of a clock that never goes back */
  constructor(monotonic: () => number, onError: (error: unknown) => void) {
    this.#monotonic = monotonic;
    this.#listeners = new Listeners(onError);
  }

  /** Calls back at the end of each piece; returns the function that stops it. */
  onWorked(listener: (worked: Worked) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** When the oldest piece under way was begun, monotonic ms; null where there is none. */
  get underWaySinceMs(): number | null {
    const [oldest] = this.#begun;
    return oldest?.atMs ?? null;
  }

  /** A piece of work begins. @returns what is to be told at its end */
  begin(): (worked: Worked) => void {
    const piece = { atMs: this.#monotonic() };
    this.#begun.add(piece);
    return (worked) => {
      this.#begun.delete(piece);
      this.#listeners.tell(worked);
    };
  }
}
