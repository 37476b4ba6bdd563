import { parseJson } from '../../../src-shared/chain/json';
import { parseTransaction, transactionHash } from '../../../src-shared/chain/transaction';
import type { Link } from '../chain/simulated-chain';
import type { World } from '../chain/world';
import type { MinerLife } from '../miner/miner-life';
import type { Fail } from './broken';

// Three blocks old at the most by the node's own tip, which may be three slots behind; and one or two come on the way.
const MOST_BLOCKS_OLD = 8;
// A transaction is on its way for some slots at most when the chain under it becomes another one.
const MOST_SLOTS_ASTRAY = 4;

type SentRow = {
  state: string;
  raw: string | null;
  task_id: string;
  block_height: number;
  block_hash: string;
  by_hand: number;
  job: number | null;
  sends: number;
};

/** What left for the node, and what of it is in the chain: committed before it leaves, fresh, and each task once. */
export class Sent {
  readonly #world: World;
  readonly #fail: Fail;
  /** The task of each transaction that ever left, by hash. */
  readonly #taskOf = new Map<string, string>();
  readonly #hashOfNonce = new Map<string, string>();
  /** The height of each of those in the chain, by hash. */
  readonly inChain = new Map<string, number>();
  /** How often each task is in the chain. */
  readonly #times = new Map<string, number>();

  constructor(world: World, fail: Fail) {
    this.#world = world;
    this.#fail = fail;
  }

  /** A transaction leaves. */
  post(life: MinerLife, body: string): void {
    const tx = parseTransaction(parseJson(body));
    const txHash = transactionHash(tx);
    const row = life.database.get(
      `SELECT state, raw, task_id, block_height, block_hash, by_hand, job, sends FROM tasks
       WHERE chapter IN (SELECT id FROM chapters) AND tx_hash = ?`,
      txHash,
    ) as SentRow | undefined;
    if (row === undefined || row.raw !== body || !['sent', 'in_pool'].includes(row.state)) {
      this.#fail('committed before it leaves', `${txHash} left as ${row?.state ?? 'nothing'}`);
      return;
    }
    if (this.#taskOf.has(txHash)) return;
    this.#taskOf.set(txHash, row.task_id);
    this.#requireAlone(String(tx.nonce), txHash);
    // One that was called sent before a crash, or by a request that failed, goes again whatever its age: nobody knows
    // whether it left.
    if (row.by_hand === 0 && row.job === null && row.sends === 1) this.#requireFresh(row);
  }

  block({ height, txHashes }: Link): void {
    for (const txHash of txHashes) {
      const task = this.#taskOf.get(txHash);
      if (task === undefined) continue;
      this.inChain.set(txHash, height);
      const times = (this.#times.get(task) ?? 0) + 1;
      this.#times.set(task, times);
      if (times > 1) this.#fail('nothing is paid twice', `${task} is in block ${height}, and in one before`);
    }
  }

  gone(links: readonly Link[]): void {
    for (const txHash of links.flatMap((link) => link.txHashes)) {
      const task = this.#taskOf.get(txHash);
      if (task === undefined || !this.inChain.delete(txHash)) continue;
      this.#times.set(task, (this.#times.get(task) ?? 1) - 1);
    }
  }

  /** Transactions that ever left. */
  get size(): number {
    return this.#taskOf.size;
  }

  get paidTwice(): number {
    return [...this.#times.values()].filter((times) => times > 1).length;
  }

  #requireFresh({ task_id, block_height, block_hash }: SentRow): void {
    const { chain } = this.#world.network.front;
    const link = chain.link(block_height);
    const blocks = chain.height - block_height;
    if (link?.hash === block_hash && blocks > MOST_BLOCKS_OLD)
      this.#fail('nothing is sent for a stale block', `${task_id} is of a block ${blocks} blocks ago`);
    if (link?.hash !== block_hash && this.#world.slotsUnchanged > MOST_SLOTS_ASTRAY)
      this.#fail('nothing is sent for a stale block', `${task_id} is of a block of another branch`);
  }

  /** No second transaction is signed for a nonce while the first may come into a block. */
  #requireAlone(nonce: string, txHash: string): void {
    const { front } = this.#world.network;
    const key = `${front.chain.genesisTime}/${nonce}`;
    const first = this.#hashOfNonce.get(key);
    if (first !== undefined && front.holds(first))
      this.#fail('one transaction to a nonce', `${txHash} and ${first} both have ${nonce}`);
    this.#hashOfNonce.set(key, txHash);
  }
}
