/** When blocks are due, learned from blocks: times of this machine, ms since the epoch. */
export class SlotClock {
  #blockTimeMs: number;
  #first: { slot: number; timestampMs: number } | null = null;
  #tip: { timestampMs: number; arrivedAtMs: number; fresh: boolean } | null = null;

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
   * @param fresh whether the block appeared while we watched, so that its arrival tells the clocks' difference
   */
  observe(
    block: { readonly height: number; readonly round: number; readonly timestamp: number },
    arrivedAtMs: number,
    fresh: boolean,
  ): void {
    const slot = block.height + block.round;
    const timestampMs = block.timestamp * 1000;
    if (this.#first !== null && slot > this.#first.slot) {
      const learned = (timestampMs - this.#first.timestampMs) / (slot - this.#first.slot);
      if (learned > 0) this.#blockTimeMs = learned;
    }
    this.#first ??= { slot, timestampMs };
    this.#tip = { timestampMs, arrivedAtMs, fresh };
  }

  /** Machine clock minus chain clock, as far as arrivals tell; null before a block was seen arriving. */
  get skewMs(): number | null {
    return this.#tip?.fresh === true ? this.#tip.arrivedAtMs - this.#tip.timestampMs : null;
  }

  /** When the next block is due by this machine's clock; null before the first block. */
  nextDueMs(): number | null {
    if (this.#tip === null) return null;
    const { timestampMs, arrivedAtMs, fresh } = this.#tip;
    // A block that was seen arriving sets the beat, whatever the clocks say; otherwise trust the chain's clock.
    return (fresh ? arrivedAtMs : Math.min(timestampMs, arrivedAtMs)) + this.#blockTimeMs;
  }
}
