import type { Clock } from './clock';
import type { DevnetNode } from './node';
import { untilNextSlotMs } from './slots';

/** As often as the reference looks; also how soon a failure is tried again. */
const LONGEST_WAIT_MS = 1000;

/** Produces each block at its slot. */
export class ProductionLoop {
  private readonly node: DevnetNode;
  private readonly now: Clock;
  private timer: NodeJS.Timeout | undefined;

  constructor(node: DevnetNode, now: Clock) {
    this.node = node;
    this.now = now;
  }

  start(): void {
    this.tick();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private tick(): void {
    try {
      this.node.produceIfDue();
    } catch (error) {
      // A full disk, say: nothing has changed, and the next tick tries again.
      console.error(`devnet: no block: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.timer = setTimeout(() => this.tick(), this.waitMs());
  }

  private waitMs(): number {
    // A little past the boundary: timers may fire early by a fraction of a millisecond.
    const slotMs = untilNextSlotMs(this.node.chain, this.now()) + 1;
    const pauseMs = Math.min(LONGEST_WAIT_MS, (this.node.chain.blockTimeSeconds * 1000) / 4);
    return Math.min(slotMs, pauseMs);
  }
}
