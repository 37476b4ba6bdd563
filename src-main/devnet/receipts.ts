import type { Clock } from '../clock/clock';
import { seconds } from './seconds';

export type Receipt = {
  readonly txHash: string;
  readonly status: 'pending' | 'confirmed' | 'failed';
  readonly blockHeight: number | null;
  /** Unix seconds of the last change. */
  readonly timestamp: number;
  readonly error: string | null;
};

const MAX_RECEIPTS = 10_000;

/** What became of each transaction since this process started: a restart forgets it, as the node's does. */
export class Receipts {
  readonly #receipts = new Map<string, Receipt>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(txHash: string): Receipt | undefined {
    return this.#receipts.get(txHash);
  }

  get pendingCount(): number {
    return [...this.#receipts.values()].filter(({ status }) => status === 'pending').length;
  }

  markPending(txHash: string): void {
    if (this.#receipts.get(txHash)?.status === 'confirmed') return;
    this.#put(txHash, { status: 'pending', blockHeight: null, error: null });
    if (this.#receipts.size > MAX_RECEIPTS) this.#dropOldest();
  }

  markConfirmed(txHash: string, blockHeight: number): void {
    this.#put(txHash, { status: 'confirmed', blockHeight, error: null });
  }

  markFailed(txHash: string, error: string): void {
    this.#put(txHash, { status: 'failed', blockHeight: null, error });
  }

  #put(txHash: string, receipt: Pick<Receipt, 'status' | 'blockHeight' | 'error'>): void {
    this.#receipts.set(txHash, { txHash, timestamp: seconds(this.#clock), ...receipt });
  }

  #dropOldest(): void {
    const oldest = [...this.#receipts.values()].sort((a, b) => a.timestamp - b.timestamp);
    for (const { txHash } of oldest.slice(0, Math.floor(oldest.length / 10))) this.#receipts.delete(txHash);
  }
}
