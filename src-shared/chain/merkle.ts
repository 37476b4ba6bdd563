import { concatBytes } from '@noble/hashes/utils.js';
import { AppError } from '../errors';
import { sha256 } from './sha256';

/** One sibling on the way from a leaf to the root; `side` is where the sibling stands. */
export type MerkleStep = { readonly side: 'left' | 'right'; readonly hash: Uint8Array };

/**
 * Root of the L1's tree: parent = SHA-256(left‖right), an odd node is paired with itself, a single leaf is its
 * own root, none gives 32 zero bytes (l1-protocol.md, "Block").
 */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves;
  while (level.length > 1) level = parents(level);
  return level[0] ?? new Uint8Array(32);
}

/**
 * The siblings that lead from a leaf to the root.
 * @throws AppError `invalid_argument` where there is no such leaf.
 */
export function merklePath(leaves: readonly Uint8Array[], index: number): MerkleStep[] {
  if (!Number.isInteger(index) || leaves[index] === undefined) {
    throw new AppError('invalid_argument', `There is no leaf ${index} among ${leaves.length}.`);
  }
  const path: MerkleStep[] = [];
  let level = leaves;
  let position = index;
  while (level.length > 1) {
    const side = position % 2 === 0 ? 'right' : 'left';
    const hash = level[position ^ 1] ?? level[position];
    if (hash !== undefined) path.push({ side, hash });
    level = parents(level);
    position >>= 1;
  }
  return path;
}

/** Where a path leads from a leaf. */
export function rootFromPath(leaf: Uint8Array, path: readonly MerkleStep[]): Uint8Array {
  return path.reduce(
    (node, { side, hash }) => (side === 'left' ? parent(hash, node) : parent(node, hash)),
    leaf,
  );
}

function parents(level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const left = level[index];
    if (left !== undefined) above.push(parent(left, level[index + 1] ?? left));
  }
  return above;
}

function parent(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(left, right));
}
