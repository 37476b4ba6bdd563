import type { Block } from '../../src-shared/chain/block';
import { type Network, networkByChainId } from '../../src-shared/chain/network';
import { verifyBlock } from '../../src-shared/chain/verify-block';
import { AppError } from '../../src-shared/errors';
import type { Chapter, Chapters } from '../storage/chapters';
import type { NodeClient, NodeStatus } from './node-client';

/** A node, the chain it is bound to, and that chain's network. */
export type Binding = { readonly chapter: Chapter; readonly network: Network; readonly genesis: Block };

/**
 * Binds a node to its chain by chain id and block 0 at its first answer, and later checks that it still shows the
 * same. A change stops everything that signs until the person agrees with `accept`.
 */
export class ChainBinding {
  readonly #name: string;
  readonly #node: NodeClient;
  readonly #chapters: Chapters;
  readonly #now: () => number;
  /** The chain that the person was last asked about, and whether they agreed to it. */
  #asked: { readonly chainId: string; readonly hash: string; accepted: boolean } | null = null;

  /** @param name what the binding is kept under: the node's URL, or `built-in` whatever its port */
  constructor(name: string, node: NodeClient, chapters: Chapters, now: () => number) {
    this.#name = name;
    this.#node = node;
    this.#chapters = chapters;
    this.#now = now;
  }

  /** The person agrees that the node serves, from now on, the chain that `check` refused last, and no other. */
  accept(): void {
    if (this.#asked !== null) this.#asked.accepted = true;
  }

  /**
   * @throws AppError `chain_mismatch` for another chain than before, a network that contradicts itself or is unknown;
   *   `block_invalid` for a block 0 that does not add up; `node_*`
   */
  async check(status: NodeStatus, signal: AbortSignal): Promise<Binding> {
    const genesis = await this.#served(0, signal);
    const { network, hash } = consistent(genesis, status.network);
    const known = this.#chapters.current(this.#name);
    if (known?.chainId === genesis.header.chainId && known.genesisHash === hash) {
      this.#asked = null;
      return { chapter: known, network, genesis };
    }
    // A block 0 that came spoilt is not another chain: nobody is to agree to it.
    if (!(await this.#goesOnFrom(hash, status, signal))) throw invalid('prev_hash of block 1');
    if (known !== null && !this.#isAccepted(network.chainId, hash)) {
      this.#asked = { chainId: network.chainId, hash, accepted: false };
      throw changed(known, network.chainId, hash);
    }
    this.#asked = null;
    return {
      chapter: this.#chapters.begin(this.#name, network.chainId, hash, this.#now()),
      network,
      genesis,
    };
  }

  #isAccepted(chainId: string, hash: string): boolean {
    return this.#asked?.accepted === true && this.#asked.chainId === chainId && this.#asked.hash === hash;
  }

  /** Whether the chain after block 0 is one that begins with this hash. */
  async #goesOnFrom(hash: string, { height, lastHash }: NodeStatus, signal: AbortSignal): Promise<boolean> {
    if (height <= 0) return lastHash === hash;
    return (await this.#served(1, signal)).header.prevHash === hash;
  }

  /** A block that every node of a chain has. @throws AppError `node_bad_answer` where this one has not */
  async #served(height: number, signal: AbortSignal): Promise<Block> {
    const { url } = this.#node;
    const block = await this.#node.block(height, signal);
    if (block !== null) return block;
    throw new AppError('node_bad_answer', `The node ${url} does not serve block ${height}.`, {
      remedy: 'open_settings',
      params: { url },
    });
  }
}

/** A chain by what its block 0 says, where that adds up and fits the node's own word. */
function consistent(genesis: Block, networkName: string): { network: Network; hash: string } {
  const { chainId } = genesis.header;
  const network = networkByChainId(chainId);
  if (network === undefined || network.name !== networkName) {
    throw mismatch(
      `The node calls its network "${networkName}", its block 0 says "${chainId}": no network known here.`,
      {
        expected: networkName,
        actual: chainId,
      },
    );
  }
  const { ok, hash, checks } = verifyBlock(genesis, { expectedHeight: 0, chainId });
  if (ok) return { network, hash };
  const failed = checks.filter((check) => check.ok === false).map(({ name }) => name);
  throw invalid(failed.join(', '));
}

function invalid(failed: string): AppError {
  return new AppError('block_invalid', `Block 0 of this node does not add up: ${failed}.`, {
    remedy: 'open_settings',
    params: { height: 0, failed },
  });
}

function changed(known: Chapter, chainId: string, hash: string): AppError {
  return mismatch(
    `The node shows another chain than before: ${chainId} starting with ${hash.slice(0, 12)}…, not ${known.chainId} starting with ${known.genesisHash.slice(0, 12)}…. Nothing is signed until you agree to it.`,
    { expected: `${known.chainId} ${known.genesisHash}`, actual: `${chainId} ${hash}` },
    'accept_chain',
  );
}

function mismatch(
  message: string,
  params: { expected: string; actual: string },
  remedy: 'accept_chain' | 'open_settings' = 'open_settings',
): AppError {
  return new AppError('chain_mismatch', message, { remedy, params });
}
