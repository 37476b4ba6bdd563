import type { Clock } from '../clock/clock';
import type { DevnetNode } from './node';
import { untilNextSlotMs } from './slots';

/** As often as the reference looks; also how soon a failure is tried again. */
const LONGEST_WAIT_MS = 1000;

/** Produces each block at its slot. */
export class ProductionLoop {
  readonly #node: DevnetNode;
  readonly #clock: Clock;
  #callOff: () => void = () => undefined;
  #lastFailure = '';

  constructor(node: DevnetNode, clock: Clock) {
    this.#node = node;
    this.#clock = clock;
  }

  start(): void {
    this.#tick();
  }

  stop(): void {
    this.#callOff();
  }

  #tick(): void {
    let waitMs = LONGEST_WAIT_MS;
    try {
      this.#node.produceIfDue();
      this.#lastFailure = '';
      waitMs = this.#waitMs();
    } catch (error) {
      // A full disk, say: nothing has changed, and the next tick tries again. Said once, not each time.
      const failure = error instanceof Error ? error.message : String(error);
      if (failure !== this.#lastFailure) console.error(`devnet: no block: ${failure}`);
      this.#lastFailure = failure;
    }
    this.#callOff = this.#clock.after(waitMs, () => this.#tick());
  }

  #waitMs(): number {
    // A little past the boundary: timers may fire early by a fraction of a millisecond.
    const slotMs = untilNextSlotMs(this.#node.chain, this.#clock.now()) + 1;
    const pauseMs = Math.min(LONGEST_WAIT_MS, (this.#node.chain.blockTimeSeconds * 1000) / 4);
    return Math.min(slotMs, pauseMs);
  }
}
