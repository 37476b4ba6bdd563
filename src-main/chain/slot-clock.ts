// How far the expected arrival may follow a slower node, per block: enough to track drift, too little for one hiccup
// to shift the beat.
const FOLLOW_MS = 20;

type SlotBlock = { readonly height: number; readonly round: number; readonly timestamp: number };

/** When blocks are due, learned from blocks: times of this machine, ms since the epoch. */
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
   * @param arrivedAtMs when it was seen to appear, or null where it was there before we looked
   */
  observe(block: SlotBlock, arrivedAtMs: number | null): void {
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
    if (arrivedAtMs !== null) this.#arrived(arrivedAtMs - this.#tipTimestampMs);
  }

  /** What a block's timestamp is checked against, in seconds; undefined until the block time is known. */
  get slots(): { genesisTime: number; blockTimeSeconds: number } | undefined {
    if (!this.#learned || this.#first === null) return undefined;
    const blockTimeSeconds = this.#blockTimeMs / 1000;
    return { genesisTime: this.#first.timestamp - slotOf(this.#first) * blockTimeSeconds, blockTimeSeconds };
  }

  /** Machine clock minus chain clock, as far as arrivals tell; null before a block was seen arriving. */
  get skewMs(): number | null {
    return this.#offsetMs;
  }

  /** When the next block is due by this machine's clock; null before a block was seen arriving. */
  nextDueMs(): number | null {
    if (this.#tipTimestampMs === null || this.#offsetMs === null) return null;
    return this.#tipTimestampMs + this.#offsetMs + this.#blockTimeMs;
  }

  #arrived(offsetMs: number): void {
    const known = this.#offsetMs;
    const moved = known === null || Math.abs(offsetMs - known) > this.#blockTimeMs;
    this.#offsetMs = moved ? offsetMs : Math.min(offsetMs, known + FOLLOW_MS);
  }
}

function slotOf(block: SlotBlock): number {
  return block.height + block.round;
}
