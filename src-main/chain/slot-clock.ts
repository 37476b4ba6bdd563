// How far the expected arrival may follow a slower node, per block: enough to track drift, too little for one hiccup
// to shift the beat.
const FOLLOW_MS = 20;

type SlotBlock = { readonly height: number; readonly round: number; readonly timestamp: number };

/** How a block was seen: at which monotonic moment, and whether it was watched for or was there at the first look. */
export type Arrival = { readonly atMs: number; readonly watched: boolean };

/** When blocks are due, learned from blocks: in monotonic time, so that setting the wall clock changes nothing. */
export class SlotClock {
  #blockTimeMs: number;
  #learned = false;
  #first: SlotBlock | null = null;
  #tipTimestampMs: number | null = null;
  #offsetMs: number | null = null;

  /** @param blockTimeMs the network's, until two blocks tell the chain's own */
  constructor(blockTimeMs: number) {
    this.#blockTimeMs = blockTimeMs;
  }

  get blockTimeMs(): number {
    return this.#blockTimeMs;
  }

  /**
   * Takes in a block. Timestamps are genesis + (height + round) × block time (l1-protocol.md, "Block"), so any two
   * blocks of different slots give the block time exactly.
   * @param arrival null where nothing is known of when it appeared
   */
  observe(block: SlotBlock, arrival: Arrival | null): void {
    const slots = slotOf(block) - slotOf(this.#first ?? block);
    if (this.#first !== null && slots > 0) {
      const learned = ((block.timestamp - this.#first.timestamp) * 1000) / slots;
      if (learned > 0) {
        this.#blockTimeMs = learned;
        this.#learned = true;
      }
    }
    this.#first ??= block;
    this.#tipTimestampMs = block.timestamp * 1000;
    if (arrival !== null) this.#arrived(arrival.atMs - this.#tipTimestampMs, arrival.watched);
  }

  /** Blocks come at other times than before, as after the machine or the node slept: when, is to be seen anew. */
  forgetArrivals(): void {
    this.#offsetMs = null;
  }

  /** What a block's timestamp is checked against, in seconds; undefined until the block time is known. */
  get slots(): { genesisTime: number; blockTimeSeconds: number } | undefined {
    if (!this.#learned || this.#first === null) return undefined;
    const blockTimeSeconds = this.#blockTimeMs / 1000;
    return { genesisTime: this.#first.timestamp - slotOf(this.#first) * blockTimeSeconds, blockTimeSeconds };
  }

  /** The monotonic moment at which the tip appeared, as far as arrivals tell; null before a block was seen arriving. */
  get tipArrivedMs(): number | null {
    if (this.#tipTimestampMs === null || this.#offsetMs === null) return null;
    return this.#tipTimestampMs + this.#offsetMs;
  }

  /** The monotonic moment at which the next block is due; null before a block was seen arriving. */
  nextDueMs(): number | null {
    const { tipArrivedMs } = this;
    return tipArrivedMs === null ? null : tipArrivedMs + this.#blockTimeMs;
  }

  #arrived(offsetMs: number, watched: boolean): void {
    const known = this.#offsetMs;
    const moved = known === null || Math.abs(offsetMs - known) > this.#blockTimeMs;
    // One that had been there for who knows how long tells nothing, as after the machine slept.
    if (moved) this.#offsetMs = watched ? offsetMs : null;
    else this.#offsetMs = Math.min(offsetMs, known + FOLLOW_MS);
  }
}

function slotOf(block: SlotBlock): number {
  return block.height + block.round;
}
