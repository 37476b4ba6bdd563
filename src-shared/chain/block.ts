import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { AppError } from '../errors';
import type { Block, BlockHeader } from './block-types';
import { type ComputeResult, coerceComputeResult, computeResultLeaf } from './compute-result';
import { type MerkleStep, merklePath, merkleRoot, rootFromPath } from './merkle';
import { sha256 } from './sha256';
import { type TxHash, transactionHash } from './transaction';

/** A block header's hash: 64 lower-case hex characters. */
export type BlockHash = string & { readonly __brand: 'BlockHash' };

/** `prev_hash` of block 0. */
export const NO_BLOCK_HASH = '0'.repeat(64);

export { parseBlock } from './block-json';
export type { Block, BlockHeader } from './block-types';

/** A result found in a block: its transaction, and its place among the leaves of `compute_root`. */
export type BlockResult = {
  readonly txIndex: number;
  readonly txHash: TxHash;
  readonly leafIndex: number;
  readonly leaf: Uint8Array;
  readonly result: ComputeResult;
};

/** Proof that a result is under a block's `compute_root`. */
export type ResultInclusion = {
  readonly leaf: Uint8Array;
  readonly leafIndex: number;
  readonly path: readonly MerkleStep[];
  /** Where the path leads from the leaf, hex. */
  readonly root: string;
};

/** SHA-256 over the concatenated header fields. A block carries no hash of its own. */
export function blockHash(header: BlockHeader): BlockHash {
  const text =
    `${header.height}${header.prevHash}${header.timestamp}${header.chainId}${header.proposerAddress}` +
    `${header.round}${header.txRoot}${header.stateRoot}${header.computeRoot}${header.gasUsed}${header.gasLimit}`;
  return bytesToHex(sha256(text)) as BlockHash; // a SHA-256 in hex is what the brand says
}

/**
 * Checks a hash as typed or received.
 * @throws AppError `invalid_hash` for anything but 64 hex characters.
 */
export function parseBlockHash(text: string): BlockHash {
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new AppError('invalid_hash', 'A block hash has 64 characters, 0-9 and a-f.', {
      remedy: 'fix_input',
    });
  }
  return text as BlockHash; // checked just above
}

/** The root over the transactions' hashes, hex. */
export function txRootOf(txHashes: readonly TxHash[]): string {
  return bytesToHex(merkleRoot(txHashes.map((hash) => hexToBytes(hash))));
}

/** The root over a block's results, hex; empty where there are none. */
export function computeRootOf(results: readonly BlockResult[]): string {
  return results.length === 0 ? '' : bytesToHex(merkleRoot(results.map(({ leaf }) => leaf)));
}

/**
 * Every result of a block, in leaf order. A payload that is no result has no leaf, and is left out.
 * @param txHashes of all its transactions, where they are known already
 */
export function resultsOf(block: Block, txHashes = block.txs.map(transactionHash)): BlockResult[] {
  const results: BlockResult[] = [];
  block.txs.forEach((tx, txIndex) => {
    const result = tx.type === 'SUBMIT_RESULT' ? coerceComputeResult(tx.payload) : null;
    const txHash = txHashes[txIndex];
    if (result === null || txHash === undefined) return;
    results.push({ txIndex, txHash, leafIndex: results.length, leaf: computeResultLeaf(result), result });
  });
  return results;
}

/** How a transaction's result is included in a block, or null where the block has no result of it. */
export function resultInclusion(results: readonly BlockResult[], txHash: string): ResultInclusion | null {
  const found = results.find((result) => result.txHash === txHash);
  if (found === undefined) return null;
  const { leaf, leafIndex } = found;
  const path = merklePath(
    results.map((result) => result.leaf),
    leafIndex,
  );
  return { leaf, leafIndex, path, root: bytesToHex(rootFromPath(leaf, path)) };
}

/** The only timestamp a block of this height and round may have, in Unix seconds. */
export function slotTimestamp(
  genesisTime: number,
  height: number,
  round: number,
  blockTimeSeconds: number,
): number {
  return genesisTime + (height + round) * blockTimeSeconds;
}
