import { BLOCK } from '../../src-shared/chain/limits';
import type { Transaction } from '../../src-shared/chain/transaction';
import { transactionHash } from '../../src-shared/chain/transaction';
import type { Clock } from '../clock/clock';
import type { Chain } from './chain';
import type { EventStream } from './event-stream';
import { Mempool } from './mempool';
import { Metrics } from './metrics';
import { Receipts } from './receipts';
import { seconds } from './seconds';
import { dueRound, firstOwnRound } from './slots';

export type Submission = { readonly txHash: string; readonly error: string | null };

const EXPIRED = 'Transaction expired (TTL exceeded)';
const EXPIRED_QUEUED = 'Transaction expired in pending queue (TTL exceeded)';

/** The chain together with what lives only while the process does: mempool, receipts, events, counters. */
export class DevnetNode {
  readonly chain: Chain;
  readonly mempool: Mempool;
  readonly receipts: Receipts;
  readonly events: EventStream;
  readonly metrics = new Metrics();
  readonly #clock: Clock;

  constructor(chain: Chain, events: EventStream, clock: Clock) {
    this.chain = chain;
    this.events = events;
    this.#clock = clock;
    this.mempool = new Mempool(clock);
    this.receipts = new Receipts(clock);
  }

  /** `POST /tx/send`, after the body has been read. */
  submit(tx: Transaction): Submission {
    const txHash = transactionHash(tx);
    const admission = this.mempool.add(tx, txHash, this.chain.state);
    if (!admission.accepted) return { txHash, error: admission.reason };
    this.receipts.markPending(txHash);
    return { txHash, error: null };
  }

  /** Produces the block that is due now, if one is; returns whether. */
  produceIfDue(): boolean {
    const round = dueRound(this.chain, seconds(this.#clock));
    if (round === null) return false;
    this.#produce(round);
    return true;
  }

  /** Produces the next block whether it is due or not: its slot, if need be, lies in the future. */
  produceNow(byClock: boolean): number {
    const due = byClock ? dueRound(this.chain, seconds(this.#clock)) : null;
    this.#produce(due ?? firstOwnRound(this.chain));
    return this.chain.height;
  }

  #produce(round: number): void {
    const candidates = this.mempool.select(BLOCK.maxTransactions);
    const { block, txHashes, dropped } = this.chain.produce(candidates, round);
    this.mempool.remove([...dropped, ...txHashes]);
    const { height } = block.header;
    this.metrics.countBlock(block, seconds(this.#clock));
    for (const txHash of txHashes) {
      const since = this.receipts.get(txHash)?.timestamp;
      if (since !== undefined) this.metrics.countConfirmation(seconds(this.#clock) - since);
      this.receipts.markConfirmed(txHash, height);
      this.events.emit({ type: 'tx_confirmed', tx_hash: txHash, block_height: height });
    }
    this.mempool.afterBlock(this.chain.state);
    this.#dropExpired();
  }

  #dropExpired(): void {
    for (const { hash, queued } of this.mempool.dropExpired()) {
      this.receipts.markFailed(hash, EXPIRED);
      this.events.emit({ type: 'tx_failed', tx_hash: hash, error: queued ? EXPIRED_QUEUED : EXPIRED });
    }
  }
}
