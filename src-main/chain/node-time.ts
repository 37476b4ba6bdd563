import type { Clock } from '../clock/clock';

/** A node that shows a block of so many slots ago, or fewer, is at the head of its chain: a block may come late. */
export const MOST_SLOTS_BEHIND = 3;

/**
 * The time by a node's own clock, as the `Date` of its answers tells it (RFC 9110, 6.6.1); by this machine's where they
 * don't. What the node is behind of is its own chain, however this machine's clock is set.
 */
export class NodeTime {
  readonly #clock: Clock;
  /** The node's time minus the monotonic one. */
  #offsetMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes in what an answer said, ms since the epoch; null where it did not say. */
  note(dateMs: number | null): void {
    this.#offsetMs = dateMs === null ? null : dateMs - this.#clock.monotonic();
  }

  /** The machine slept, or its clock was set: what was known before may be wrong by it. */
  forget(): void {
    this.#offsetMs = null;
  }

  /** Ms since the epoch. */
  now(): number {
    return this.#offsetMs === null ? this.#clock.now() : this.#clock.monotonic() + this.#offsetMs;
  }
}

/**
 * How many blocks a node is behind whose newest block has this timestamp: the whole slots since then; 0 for one at the
 * head of its chain.
 * @param timestamp of the newest block it shows, s since the epoch @param nowMs the node's time
 */
export function blocksBehind(timestamp: number, blockTimeMs: number, nowMs: number): number {
  const slots = Math.floor((nowMs - timestamp * 1000) / blockTimeMs);
  return slots > MOST_SLOTS_BEHIND ? slots : 0;
}
