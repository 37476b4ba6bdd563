import { hexToBytes } from '@noble/hashes/utils.js';
import { addressFromPublicKey } from '../../src-shared/chain/address';
import { type Block, blockHash, slotTimestamp } from '../../src-shared/chain/block';
import { blockJson } from '../../src-shared/chain/block-json';
import { stringifyJson } from '../../src-shared/chain/json';
import { publicKeyOf, signHash } from '../../src-shared/chain/key';
import type { Clock } from '../clock/clock';
import { assembleBlock, type Candidate } from './block-assembly';
import type { ChainStore } from './chain-store';
import { payUnbonded } from './delegation';
import { createGenesis } from './genesis';
import type { Ledger } from './ledger';
import { EPOCH_LENGTH_BLOCKS } from './parameters';
import { distributeRewards } from './rewards';
import { seconds } from './seconds';
import { addSnapshot, type Snapshot } from './snapshots';
import { stateRoot } from './state-root';
import { ledgerMeta, loadChain } from './stored-chain';
import { type ActiveSet, activeSet, endEpoch, trackPerformance } from './validator-set';
import { accountWire, toJson, validatorWire } from './wire';

export type ProducedBlock = {
  readonly block: Block;
  readonly hash: string;
  readonly txHashes: readonly string[];
  /** Candidates that can never be in a block; nobody is told, as with the reference. */
  readonly dropped: readonly string[];
};

/** The chain's tip and state, and the making of its next block. */
export class Chain {
  readonly genesisTime: number;
  readonly blockTimeSeconds: number;
  /** `cpcvalcons1…`, the only proposer there is. */
  readonly proposer: string;
  readonly state: Ledger;
  active: ActiveSet;
  snapshots: readonly Snapshot[];
  /** −1 before the first block. */
  height: number;
  lastHash: string;
  /** Unix seconds; −∞ before the first block. */
  lastTimestamp: number;
  readonly #store: ChainStore;
  readonly #key: Uint8Array;
  readonly #clock: Clock;

  /**
   * Opens the chain in a store, beginning one where there is none.
   * @param blockTimeSeconds undefined for that of the stored chain, or 5.
   * @throws AppError `database_corrupt`, or `invalid_argument` for another block time than the chain's.
   */
  constructor(store: ChainStore, key: Uint8Array, clock: Clock, blockTimeSeconds: number | undefined) {
    this.#store = store;
    this.#key = key;
    this.#clock = clock;
    const publicKey = publicKeyOf(key);
    this.proposer = addressFromPublicKey(publicKey, 'cpcvalcons');
    if (store.meta().size === 0) createGenesis(store, publicKey, seconds(clock), blockTimeSeconds);
    const loaded = loadChain(store, this.proposer, blockTimeSeconds);
    this.genesisTime = loaded.genesisTime;
    this.blockTimeSeconds = loaded.blockTimeSeconds;
    this.state = loaded.state;
    this.snapshots = loaded.snapshots;
    this.height = loaded.height;
    this.lastHash = loaded.lastHash;
    this.lastTimestamp = loaded.lastTimestamp;
    this.active = activeSet(this.state);
  }

  /** A block's JSON as it was stored. */
  blockText(height: number): string | undefined {
    return this.#store.block(height);
  }

  heightOfTransaction(txHash: string): number | undefined {
    return this.#store.heightOfTransaction(txHash);
  }

  /** Makes, signs and stores the next block; where storing fails nothing has changed. */
  produce(candidates: readonly Candidate[], round: number): ProducedBlock {
    const height = this.height + 1;
    const timestamp = slotTimestamp(this.genesisTime, height, round, this.blockTimeSeconds);
    const place = { height, round, timestamp, prevHash: this.lastHash, proposer: this.proposer };
    const { unsigned, txHashes, draft, dropped } = assembleBlock(this.state, candidates, place);
    const hash = blockHash(unsigned.header);
    const block = { ...unsigned, pqSignature: signHash(hexToBytes(hash), this.#key) };

    // The header's state root is of the state before these: the reference applies them to the stored state only.
    const endsEpoch = (height + 1) % EPOCH_LENGTH_BLOCKS === 0;
    if (endsEpoch) endEpoch(draft, height);
    distributeRewards(draft, this.proposer, height, block.txs);
    payUnbonded(draft, height);
    trackPerformance(draft, this.active, { height, round, proposer: this.proposer });

    const snapshots = addSnapshot(this.snapshots, draft, height, this.#clock);
    this.#persist(draft, block, hash, txHashes, snapshots);
    draft.commit();
    this.height = height;
    this.lastHash = hash;
    this.lastTimestamp = timestamp;
    this.snapshots = snapshots;
    if (endsEpoch) this.active = activeSet(this.state);
    return { block, hash, txHashes, dropped };
  }

  #persist(
    draft: Ledger,
    block: Block,
    hash: string,
    txHashes: readonly string[],
    snapshots: readonly Snapshot[],
  ): void {
    const { accounts, validators } = draft.changes();
    const { height } = block.header;
    this.#store.write({
      block: { height, hash, json: stringifyJson(blockJson(block)) },
      txHashes,
      accounts: new Map(accounts.map((one) => [one.address, stringifyJson(toJson(accountWire(one)))])),
      validators: new Map(validators.map((one) => [one.address, stringifyJson(toJson(validatorWire(one)))])),
      meta: ledgerMeta(draft, stateRoot(draft), snapshots),
    });
  }
}
