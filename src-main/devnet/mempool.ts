import { MEMPOOL } from '../../src-shared/chain/limits';
import type { Transaction, TxHash } from '../../src-shared/chain/transaction';
import type { Clock } from '../clock/clock';
import { gasRefusal, signatureRefusal } from './admission';
import type { Ledger } from './ledger';

export type Pooled = { readonly hash: TxHash; readonly tx: Transaction; readonly sinceMs: number };

/** `queued` where its nonce is yet to come; both are `received` to the sender. */
export type Admission =
  | { readonly accepted: true; readonly queued: boolean }
  | { readonly accepted: false; readonly reason: string };

/** A transaction whose hour is over, and which part of the mempool it sat in. */
export type Expired = { readonly hash: string; readonly queued: boolean };

/**
 * The reference's mempool: a pool of what could go into the next block, and per sender a queue of nonces yet to
 * come. There is no replacing: a nonce taken in the pool is too low for anyone else. The queue is not asked
 * whether it holds a hash already, so a queued transaction sent twice is queued twice.
 */
export class Mempool {
  readonly #pool = new Map<string, Pooled>();
  readonly #bySender = new Map<string, Pooled[]>();
  readonly #queues = new Map<string, Pooled[]>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#pool.size;
  }

  /** Takes a transaction or says why not; the checks are in the reference's order, with its words. */
  add(tx: Transaction, hash: TxHash, state: Ledger): Admission {
    const reason = this.#refusal(tx, hash, state);
    if (reason !== null) return { accepted: false, reason };
    const entry = { hash, tx, sinceMs: this.#clock.now() };
    const expected = this.#expectedNonce(tx.from, state);
    if (tx.nonce > expected) {
      this.#queues.set(tx.from, sorted([...this.#queueOf(tx.from), entry]));
      return { accepted: true, queued: true };
    }
    this.#put(entry);
    this.#promote(tx.from, state);
    return { accepted: true, queued: false };
  }

  /** The next nonce of an account, pool and queue included, the first gap filled. */
  pendingNonce(address: string, state: Ledger): bigint {
    const waiting = sorted([...this.#poolOf(address), ...this.#queueOf(address)]);
    return firstGap(state.account(address).nonce, waiting);
  }

  /** Candidates for a block: senders by the gas price of their next transaction, each in nonce order. */
  select(limit: number): Pooled[] {
    const heads = [...this.#bySender.entries()].map(([address, waiting]) => ({ address, waiting, next: 0 }));
    const selected: Pooled[] = [];
    while (selected.length < limit) {
      let best: { head: (typeof heads)[number]; entry: Pooled } | undefined;
      for (const head of heads) {
        const entry = head.waiting[head.next];
        if (entry === undefined) continue;
        const price = entry.tx.gasPrice;
        const bestPrice = best?.entry.tx.gasPrice;
        const ahead =
          best === undefined ||
          bestPrice === undefined ||
          price > bestPrice ||
          (price === bestPrice && head.address < best.head.address);
        if (ahead) best = { head, entry };
      }
      if (best === undefined) break;
      best.head.next += 1;
      selected.push(best.entry);
    }
    return selected;
  }

  /** Takes transactions out of the pool, because they are in a block or never will be. */
  remove(hashes: Iterable<string>): void {
    for (const hash of hashes) {
      const entry = this.#pool.get(hash);
      if (entry === undefined) continue;
      this.#pool.delete(hash);
      keepOthers(this.#bySender, entry.tx.from, (other) => other !== entry);
    }
  }

  /** After a block: what has become the next nonce moves from queue to pool, stale nonces leave the pool. */
  afterBlock(state: Ledger): void {
    for (const address of [...this.#queues.keys()]) this.#promote(address, state);
    const stale = [...this.#pool.values()].filter(({ tx }) => tx.nonce < state.account(tx.from).nonce);
    this.remove(stale.map(({ hash }) => hash));
  }

  /** Drops what has waited for more than an hour. */
  dropExpired(): Expired[] {
    const isOld = ({ sinceMs }: Pooled): boolean => this.#clock.now() - sinceMs > MEMPOOL.timeToLiveMs;
    const pooled = [...this.#pool.values()].filter(isOld);
    const queued = [...this.#queues.values()].flat().filter(isOld);
    this.remove(pooled.map(({ hash }) => hash));
    for (const address of [...this.#queues.keys()])
      keepOthers(this.#queues, address, (entry) => !isOld(entry));
    return [
      ...pooled.map(({ hash }) => ({ hash, queued: false })),
      ...queued.map(({ hash }) => ({ hash, queued: true })),
    ];
  }

  #refusal(tx: Transaction, hash: string, state: Ledger): string | null {
    if (this.#pool.has(hash)) return 'already_in_pool';
    const gas = gasRefusal(tx);
    if (gas !== null) return gas;
    if (this.#pool.size >= MEMPOOL.maxTransactions) return 'mempool_full';
    if (this.#poolOf(tx.from).length >= MEMPOOL.maxPerSender) return 'sender_limit_exceeded';
    const signature = signatureRefusal(tx, hash);
    if (signature !== null) return signature;
    if (tx.type === 'TRANSFER' && tx.amount === 0n) return 'transfer_amount_zero';
    if (state.account(tx.from).balance < tx.amount + tx.fee) return 'insufficient_balance';
    const expected = this.#expectedNonce(tx.from, state);
    if (tx.nonce < expected) return 'nonce_too_low';
    const full = tx.nonce > expected && this.#queueOf(tx.from).length >= MEMPOOL.maxQueuedPerSender;
    return full ? 'queued_limit_exceeded' : null;
  }

  /** The first nonce of a sender that the pool does not have. */
  #expectedNonce(address: string, state: Ledger): bigint {
    return firstGap(state.account(address).nonce, this.#poolOf(address));
  }

  /** Moves the head of a queue to the pool as long as its nonce is the confirmed one, or follows it. */
  #promote(address: string, state: Ledger): void {
    const queue = [...this.#queueOf(address)];
    const { nonce, balance } = state.account(address);
    let expected: bigint = nonce;
    while (queue[0]?.tx.nonce === expected) {
      const [next] = queue.splice(0, 1);
      // Too poor by now: dropped, and with it the chance of those after it.
      if (next === undefined || balance < next.tx.amount + next.tx.fee) break;
      this.#put({ ...next, sinceMs: this.#clock.now() });
      expected += 1n;
    }
    if (queue.length === 0) this.#queues.delete(address);
    else this.#queues.set(address, queue);
  }

  #put(entry: Pooled): void {
    // A transaction queued twice comes here twice, and is in the pool once.
    this.remove([entry.hash]);
    this.#pool.set(entry.hash, entry);
    this.#bySender.set(entry.tx.from, sorted([...this.#poolOf(entry.tx.from), entry]));
  }

  #poolOf(address: string): readonly Pooled[] {
    return this.#bySender.get(address) ?? [];
  }

  #queueOf(address: string): readonly Pooled[] {
    return this.#queues.get(address) ?? [];
  }
}

function sorted(entries: Pooled[]): Pooled[] {
  return entries.sort((a, b) => (a.tx.nonce < b.tx.nonce ? -1 : a.tx.nonce > b.tx.nonce ? 1 : 0));
}

function firstGap(confirmed: bigint, waiting: readonly Pooled[]): bigint {
  let expected = confirmed;
  for (const { tx } of waiting) {
    if (tx.nonce === expected) expected += 1n;
    else if (tx.nonce > expected) break;
  }
  return expected;
}

function keepOthers(map: Map<string, Pooled[]>, key: string, keep: (entry: Pooled) => boolean): void {
  const left = (map.get(key) ?? []).filter(keep);
  if (left.length === 0) map.delete(key);
  else map.set(key, left);
}
