import { hexToBytes } from '@noble/hashes/utils.js';
import { addressFromPublicKey } from '../../src-shared/chain/address';
import type { Block, BlockHash } from '../../src-shared/chain/block';
import type { TxHash } from '../../src-shared/chain/transaction';
import {
  type BlockExpectations,
  type BlockVerification,
  verifyBlock,
  withTxSignatures,
} from '../../src-shared/chain/verify-block';
import type { SignatureChecker } from '../signatures/signature-checker';
import type { NodeClient } from './node-client';

/**
 * A block that was fetched, checked and hashed on this machine, once for all who read it. Whoever takes one in looks at
 * `verification.ok` first.
 */
export type VerifiedBlock = {
  readonly block: Block;
  readonly hash: BlockHash;
  /** Of its transactions, in order. */
  readonly txHashes: readonly TxHash[];
  readonly verification: BlockVerification;
};

/** A block with what its checks came to. */
export function verifiedBlock(block: Block, verification: BlockVerification): VerifiedBlock {
  const { hash, txHashes } = verification;
  return { block, hash, txHashes, verification };
}

/**
 * Fetches and checks blocks, each transaction's signature included, with the proposers' keys, which it asks the node for
 * and remembers.
 */
export class BlockVerifier {
  readonly #node: NodeClient;
  readonly #signatures: SignatureChecker;
  readonly #publicKeys = new Map<string, string>();

  constructor(node: NodeClient, signatures: SignatureChecker) {
    this.#node = node;
    this.#signatures = signatures;
  }

  /**
   * The block at a height with all its checks, or null where the node has none.
   * @throws AppError `node_*`
   */
  async at(
    height: number,
    expected: Omit<BlockExpectations, 'expectedHeight' | 'checkTxSignatures'>,
    signal?: AbortSignal,
  ): Promise<VerifiedBlock | null> {
    const block = await this.#node.block(height, signal);
    return block === null ? null : this.verify(block, { ...expected, expectedHeight: height }, signal);
  }

  /**
   * All checks of a block, the signatures of its proposer and of each transaction's sender among them; a proposer the node
   * does not list fails it.
   * @throws AppError `node_*` where the list of validators is needed and can't be had
   */
  async verify(
    block: Block,
    expected: Omit<BlockExpectations, 'checkTxSignatures'>,
    signal?: AbortSignal,
  ): Promise<VerifiedBlock> {
    const { proposerAddress } = block.header;
    if (!this.#publicKeys.has(proposerAddress)) await this.#refresh(signal);
    const proposerPublicKey = this.#publicKeys.get(proposerAddress) ?? '';
    const verification = verifyBlock(block, { ...expected, proposerPublicKey });
    // One that fails already is not worth the rest.
    if (!verification.ok) return verifiedBlock(block, verification);
    const valid = await this.#signatures.countValid(block.txs, verification.txHashes);
    return verifiedBlock(block, withTxSignatures(verification, valid));
  }

  async #refresh(signal?: AbortSignal): Promise<void> {
    for (const { address, publicKey } of await this.#node.validators(signal)) {
      // A key that came spoilt would fail every block from then on.
      if (isKeyOf(address, publicKey)) this.#publicKeys.set(address, publicKey);
    }
  }
}

function isKeyOf(address: string, publicKey: string): boolean {
  try {
    return addressFromPublicKey(hexToBytes(publicKey), 'cpcvalcons') === address;
  } catch {
    return false;
  }
}

/** Where a transaction stands in a block; -1 where it does not. */
export function indexOfTx({ txHashes }: Pick<VerifiedBlock, 'txHashes'>, txHash: string | null): number {
  const hashes: readonly (string | null)[] = txHashes;
  return hashes.indexOf(txHash);
}
