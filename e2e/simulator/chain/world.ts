import { ALICE, BOB, FAUCET } from '../../../src-main/devnet/test-network';
import type { SeededRandom } from '../../driver/world/random';
import type { Happenings } from '../happenings';
import type { SimulatedTime } from '../simulated-time';
import type { RequestFaults } from './request-faults';
import { BLOCK_SECONDS, type Link, SimulatedChain } from './simulated-chain';
import { SimulatedNetwork } from './simulated-network';
import { SimulatedNode } from './simulated-node';

export const SLOT_MS = BLOCK_SECONDS * 1000;
export const FUNDED_UNITS = 10n ** 22n;

const BALANCES = new Map([
  [ALICE.address, FUNDED_UNITS],
  [BOB.address, FUNDED_UNITS],
]);

/** What the miner's address can lead to: the chain's own node, a replica of it, or a node of another chain. */
export class World {
  readonly own: SimulatedNode;
  readonly network: SimulatedNetwork;
  readonly requests: RequestFaults;
  /** Told of each block of the own chain, and of those that are no more. */
  onBlock: (link: Link) => void = () => undefined;
  onGone: (links: readonly Link[]) => void = () => undefined;
  readonly #time: SimulatedTime;
  readonly #happenings: Happenings;
  readonly #others: SimulatedNode[] = [];
  #changedMs = 0;

  constructor(time: SimulatedTime, requests: RequestFaults, happenings: Happenings) {
    this.#time = time;
    this.#happenings = happenings;
    this.requests = requests;
    const chain = new SimulatedChain(FAUCET.key, Math.floor(time.now() / 1000), BALANCES);
    this.own = new SimulatedNode(chain, time.node);
    this.network = new SimulatedNetwork(this.own, time.machine, time.now, requests, (what) =>
      happenings.add(what),
    );
  }

  get chain(): SimulatedChain {
    return this.own.chain;
  }

  /** For how many slots the chain behind the address has been the one it is. */
  get slotsUnchanged(): number {
    return (this.#time.now() - this.#changedMs) / SLOT_MS;
  }

  /** The slot of a chain that it is now. */
  slotOf(chain: SimulatedChain): number {
    return Math.floor((this.#time.now() / 1000 - chain.genesisTime) / BLOCK_SECONDS);
  }

  /** Each node that is up makes the block of this slot, unless it has it. */
  produce(): void {
    for (const node of [this.own, ...this.#others]) {
      const slot = this.slotOf(node.chain);
      if (slot <= lastSlot(node.chain)) continue;
      const link = node.produce(slot);
      this.#happenings.add(`block ${link.height} ${link.hash.slice(0, 16)} ${link.txs.length}`);
      if (node === this.own) this.onBlock(link);
      if (this.network.front.chain === node.chain && link.txs.length > 0) this.network.emit(link.height);
    }
  }

  /** A replica answers from now on that sees the own chain as far as it says. */
  showReplica(sees: () => number): void {
    this.#show(new SimulatedNode(this.chain, this.#time.node, sees));
  }

  /** A node of another chain answers from now on, with as many blocks as it takes to be one. */
  showOther(random: SeededRandom): void {
    const key = random.next() < 0.5 ? BOB.key : ALICE.key;
    const genesis = Math.floor(this.#time.now() / 1000) - BLOCK_SECONDS * (2 + random.below(10));
    const other = new SimulatedNode(new SimulatedChain(key, genesis, BALANCES), this.#time.node);
    this.#others.splice(0, 1, other);
    while (lastSlot(other.chain) < this.slotOf(other.chain)) other.produce(other.chain.height + 1);
    this.#show(other);
  }

  /** The chain's own node answers again. */
  showOwn(): void {
    this.#show(this.own);
    this.#others.length = 0;
  }

  /** The own chain goes back so many blocks. @param returns whether what was in them is sent to it again */
  fork(blocks: number, returns: boolean): void {
    const { chain } = this;
    const gone = chain.goBack(Math.max(1, chain.height - blocks));
    this.own.restart();
    this.#changedMs = this.#time.now();
    this.onGone(gone);
    if (!returns) return;
    for (const { txs } of gone) for (const tx of txs) this.own.take(tx);
  }

  #show(node: SimulatedNode): void {
    this.network.front = node;
    this.#changedMs = this.#time.now();
  }
}

/** The slot of a chain's newest block. */
function lastSlot({ tip, genesisTime }: SimulatedChain): number {
  return (tip.timestamp - genesisTime) / BLOCK_SECONDS;
}
