import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { AppError } from '../errors';
import type { Block, BlockHeader } from './block-types';
import { type ComputeResult, coerceComputeResult, computeResultLeaf } from './compute-result';
import { type MerkleStep, merklePath, merkleRoot } from './merkle';
import { type Transaction, type TxHash, transactionHash } from './transaction';

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
  readonly result: ComputeResult;
};

/** Proof that a result is under a block's `compute_root`. */
export type ResultInclusion = {
  readonly leaf: Uint8Array;
  readonly leafIndex: number;
  readonly path: readonly MerkleStep[];
  /** The root recomputed from all the block's results, hex. */
  readonly root: string;
};

/** SHA-256 over the concatenated header fields. A block carries no hash of its own. */
export function blockHash(header: BlockHeader): BlockHash {
  const text =
    `${header.height}${header.prevHash}${header.timestamp}${header.chainId}${header.proposerAddress}` +
    `${header.round}${header.txRoot}${header.stateRoot}${header.computeRoot}${header.gasUsed}${header.gasLimit}`;
  return bytesToHex(sha256(utf8ToBytes(text))) as BlockHash; // a SHA-256 in hex is what the brand says
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

/** The root recomputed over the transactions' hashes, hex. */
export function txRootOf(block: Block): string {
  return bytesToHex(merkleRoot(block.txs.map((tx) => hexToBytes(transactionHash(tx)))));
}

/** The root recomputed over the results, hex; empty where there are none. */
export function computeRootOf(block: Block): string {
  const leaves = coercedResults(block).map(({ result }) => computeResultLeaf(result));
  return leaves.length === 0 ? '' : bytesToHex(merkleRoot(leaves));
}

/** Every result of a block, in leaf order. A payload that is no result has no leaf, and is left out. */
export function resultsOf(block: Block): BlockResult[] {
  return coercedResults(block).map(({ tx, txIndex, result }, leafIndex) => {
    return { txIndex, txHash: transactionHash(tx), leafIndex, result };
  });
}

/** How a transaction's result is included in a block, or null where the block has no result of it. */
export function resultInclusion(block: Block, txHash: string): ResultInclusion | null {
  const results = coercedResults(block);
  const leafIndex = results.findIndex(({ tx }) => transactionHash(tx) === txHash);
  const leaves = results.map(({ result }) => computeResultLeaf(result));
  const leaf = leaves[leafIndex];
  if (leaf === undefined) return null;
  return { leaf, leafIndex, path: merklePath(leaves, leafIndex), root: bytesToHex(merkleRoot(leaves)) };
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

type CoercedResult = { readonly tx: Transaction; readonly txIndex: number; readonly result: ComputeResult };

function coercedResults(block: Block): CoercedResult[] {
  const results: CoercedResult[] = [];
  block.txs.forEach((tx, txIndex) => {
    const result = tx.type === 'SUBMIT_RESULT' ? coerceComputeResult(tx.payload) : null;
    if (result !== null) results.push({ tx, txIndex, result });
  });
  return results;
}
