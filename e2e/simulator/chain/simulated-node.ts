import { bytesToHex } from '@noble/hashes/utils.js';
import type { Clock } from '../../../src-main/clock/clock';
import { Mempool } from '../../../src-main/devnet/mempool';
import { DEVNET } from '../../../src-main/devnet/parameters';
import { Receipts } from '../../../src-main/devnet/receipts';
import { parseJson } from '../../../src-shared/chain/json';
import { publicKeyOf } from '../../../src-shared/chain/key';
import { BLOCK } from '../../../src-shared/chain/limits';
import { parseTransaction, type Transaction, transactionHash } from '../../../src-shared/chain/transaction';
import type { NodeAnswer } from '../../driver/world/faults';
import type { Link, SimulatedChain } from './simulated-chain';

const EXPIRED = 'Transaction expired (TTL exceeded)';

/**
 * A node of a chain, with the reference's own pool and receipts: the proposer's, or one that knows only a part of the
 * chain. What it is asked it answers as the reference does (l1-protocol.md, "RPC").
 */
export class SimulatedNode {
  readonly chain: SimulatedChain;
  readonly #clock: Clock;
  readonly #sees: () => number;
  #mempool: Mempool;
  #receipts: Receipts;

  /** @param clock its own @param sees the height up to which it knows the chain; all of it unless told */
  constructor(chain: SimulatedChain, clock: Clock, sees: () => number = () => chain.height) {
    this.chain = chain;
    this.#clock = clock;
    this.#sees = sees;
    this.#mempool = new Mempool(clock);
    this.#receipts = new Receipts(clock);
  }

  /** The newest block that it knows. */
  get tip(): Link {
    return this.chain.link(Math.min(this.#sees(), this.chain.height)) ?? this.chain.tip;
  }

  /** Starts again: its pool and what it knew of transactions are gone. */
  restart(): void {
    this.#mempool = new Mempool(this.#clock);
    this.#receipts = new Receipts(this.#clock);
  }

  /** Makes the block of a slot out of its pool. */
  produce(slot: number): Link {
    const { link, dropped } = this.chain.produce(this.#mempool.select(BLOCK.maxTransactions), slot);
    this.#mempool.remove([...dropped, ...link.txHashes]);
    for (const txHash of link.txHashes) this.#receipts.markConfirmed(txHash, link.height);
    this.#mempool.afterBlock(link.state);
    for (const { hash } of this.#mempool.dropExpired()) this.#receipts.markFailed(hash, EXPIRED);
    return link;
  }

  /** Takes a transaction into its pool. @returns why not, in the reference's word, or null */
  take(tx: Transaction): string | null {
    const txHash = transactionHash(tx);
    const admission = this.#mempool.add(tx, txHash, this.tip.state);
    if (!admission.accepted) return admission.reason;
    this.#receipts.markPending(txHash);
    return null;
  }

  /** Whether a transaction is in its pool, for the next blocks. */
  holds(txHash: string): boolean {
    return this.#mempool.select(BLOCK.maxTransactions).some(({ hash }) => hash === txHash);
  }

  /** What it answers. @param body of a `POST` */
  answer(path: string, body: string | undefined): NodeAnswer {
    if (body !== undefined) return this.#send(body);
    const [, first = '', second = '', third = ''] = path.split(/[/?]/);
    if (first === 'status') return this.#status();
    if (first === 'block') return this.#block(Number(second));
    if (first === 'balance') return this.#balance(second);
    if (first === 'nonce') return json({ address: second, nonce: this.pendingNonce(second), pending: true });
    if (first === 'validators') return this.#validators();
    if (first === 'tx' && third === 'receipt') return this.#receipt(second);
    return { status: 404, text: '{"detail":"Not Found"}' };
  }

  /** The next nonce of an account, with the pool counted in. */
  pendingNonce(address: string): number {
    return Number(this.#mempool.pendingNonce(address, this.tip.state));
  }

  #status(): NodeAnswer {
    const { height, hash } = this.tip;
    return json({
      height,
      last_hash: hash,
      network: DEVNET.name,
      mempool_size: this.#mempool.size,
      epoch: 0,
    });
  }

  #block(height: number): NodeAnswer {
    const link = height > this.tip.height ? null : this.chain.link(height);
    return link === null
      ? { status: 404, text: '{"detail":"Block not found"}' }
      : { status: 200, text: link.text };
  }

  #balance(address: string): NodeAnswer {
    const { balance, nonce } = this.tip.state.account(address);
    return json({ address, balance: String(balance), nonce: Number(nonce) });
  }

  #validators(): NodeAnswer {
    const { proposer, proposerKey } = this.chain;
    const publicKey = bytesToHex(publicKeyOf(proposerKey));
    return json({
      epoch: 0,
      validators: [{ address: proposer, pq_pub_key: publicKey, power: 1, is_active: true }],
    });
  }

  #receipt(txHash: string): NodeAnswer {
    const known = this.#receipts.get(txHash);
    const height = known === undefined ? (this.chain.heightOf(txHash) ?? null) : known.blockHeight;
    const isKnown = known !== undefined || (height !== null && height <= this.tip.height);
    if (!isKnown) return { status: 404, text: '{"detail":"Transaction not found"}' };
    return json({
      tx_hash: txHash,
      status: known?.status ?? 'confirmed',
      block_height: height,
      error: known?.error ?? null,
    });
  }

  #send(body: string): NodeAnswer {
    const tx = parseTransaction(parseJson(body));
    const error = this.take(tx);
    const tx_hash = transactionHash(tx);
    return json(error === null ? { tx_hash, status: 'received' } : { tx_hash, status: 'rejected', error });
  }
}

function json(value: object): NodeAnswer {
  return { status: 200, text: JSON.stringify(value) };
}
