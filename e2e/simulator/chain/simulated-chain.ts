import { hexToBytes } from '@noble/hashes/utils.js';
import { assembleBlock, type Candidate } from '../../../src-main/devnet/block-assembly';
import { Ledger } from '../../../src-main/devnet/ledger';
import { newAccount } from '../../../src-main/devnet/records';
import { addressFromPublicKey } from '../../../src-shared/chain/address';
import { blockHash, slotTimestamp } from '../../../src-shared/chain/block';
import { blockJson } from '../../../src-shared/chain/block-json';
import { stringifyJson } from '../../../src-shared/chain/json';
import { publicKeyOf, signHash } from '../../../src-shared/chain/key';
import type { Transaction } from '../../../src-shared/chain/transaction';

/** A block with the state after it. */
export type Link = {
  readonly height: number;
  readonly hash: string;
  /** s since the epoch */
  readonly timestamp: number;
  readonly text: string;
  readonly txs: readonly Transaction[];
  readonly txHashes: readonly string[];
  readonly state: Ledger;
};

export const BLOCK_SECONDS = 5;
const GENESIS_HASH = '0'.repeat(64);
// Blocks that are served whole, the first two aside: older ones are pruned, as at many a node.
const KEPT_BLOCKS = 4096;

/** One chain with a single proposer, in memory; it can go back and take another branch. */
export class SimulatedChain {
  readonly genesisTime: number;
  readonly proposer: string;
  readonly proposerKey: Uint8Array;
  readonly #links: (Link | null)[] = [];
  readonly #heightOfTx = new Map<string, number>();
  readonly #first: Ledger;

  /** @param genesisTime s since the epoch @param balances units at first, by address */
  constructor(key: Uint8Array, genesisTime: number, balances: ReadonlyMap<string, bigint>) {
    this.proposerKey = key;
    this.genesisTime = genesisTime;
    this.proposer = addressFromPublicKey(publicKeyOf(key), 'cpcvalcons');
    this.#first = Ledger.empty();
    for (const [address, balance] of balances) this.#first.setAccount({ ...newAccount(address), balance });
    this.produce([], 0);
  }

  get height(): number {
    return this.#links.length - 1;
  }

  /** A block, or null where there is none or it is pruned. */
  link(height: number): Link | null {
    return this.#links[height] ?? null;
  }

  /** The newest. */
  get tip(): Link {
    const tip = this.link(this.height);
    if (tip === null) throw new Error('a chain without its newest block');
    return tip;
  }

  heightOf(txHash: string): number | undefined {
    return this.#heightOfTx.get(txHash);
  }

  /** Makes the block of a slot, counted from the genesis. @returns it, and candidates that can never be in one */
  produce(candidates: readonly Candidate[], slot: number): { link: Link; dropped: readonly string[] } {
    const height = this.height + 1;
    const round = Math.max(0, slot - height);
    const before = height === 0 ? null : this.tip;
    const timestamp = slotTimestamp(this.genesisTime, height, round, BLOCK_SECONDS);
    const prevHash = before?.hash ?? GENESIS_HASH;
    const place = { height, round, timestamp, prevHash, proposer: this.proposer };
    const { unsigned, txHashes, draft, dropped } = assembleBlock(
      before?.state ?? this.#first,
      candidates,
      place,
    );
    const hash = blockHash(unsigned.header);
    const block = { ...unsigned, pqSignature: signHash(hexToBytes(hash), this.proposerKey) };
    const text = stringifyJson(blockJson(block));
    const link = { height, hash, timestamp, text, txs: block.txs, txHashes, state: flat(draft) };
    this.#links.push(link);
    for (const txHash of txHashes) this.#heightOfTx.set(txHash, height);
    if (height > KEPT_BLOCKS) this.#forget(height - KEPT_BLOCKS);
    return { link, dropped };
  }

  /** Goes back to a height. @returns the blocks that are no more, the lowest first */
  goBack(height: number): Link[] {
    const gone = this.#links.splice(height + 1).flatMap((link) => link ?? []);
    for (const { txHashes } of gone) for (const txHash of txHashes) this.#heightOfTx.delete(txHash);
    return gone;
  }

  #forget(height: number): void {
    const link = this.link(height);
    if (height < 2 || link === null) return;
    for (const txHash of link.txHashes) this.#heightOfTx.delete(txHash);
    this.#links[height] = null;
  }
}

/** The same state without those it was drafted from, so that they can be forgotten. */
function flat(draft: Ledger): Ledger {
  const ledger = Ledger.empty();
  for (const account of draft.accounts()) ledger.setAccount(account);
  ledger.totals = draft.totals;
  return ledger;
}
