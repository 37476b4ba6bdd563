import type { Block, BlockHash } from '../../src-shared/chain/block';
import type { TxHash } from '../../src-shared/chain/transaction';
import type { BlockVerification } from '../../src-shared/chain/verify-block';

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

/** Where a transaction stands in a block; -1 where it does not. */
export function indexOfTx({ txHashes }: Pick<VerifiedBlock, 'txHashes'>, txHash: string | null): number {
  const hashes: readonly (string | null)[] = txHashes;
  return hashes.indexOf(txHash);
}
