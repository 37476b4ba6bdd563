import { sha256 } from '@noble/hashes/sha2.js';

const INNER_NODE = Uint8Array.of(0x01);

/**
 * RFC 6962's tree over hashes that are leaves already. Splitting at the largest power of two below the count
 * is the same as pairing from the left, level by level, an odd last node moving up as it is.
 */
export class Rfc6962Tree {
  readonly #levels: readonly (readonly Uint8Array[])[];

  /** @param leaves at least one hash. */
  constructor(leaves: readonly Uint8Array[]) {
    const levels = [leaves];
    let level = leaves;
    while (level.length > 1) {
      level = parents(level);
      levels.push(level);
    }
    this.#levels = levels;
  }

  get root(): Uint8Array {
    const [root] = this.#levels[this.#levels.length - 1] ?? [];
    return root ?? new Uint8Array(32);
  }

  /** Audit path of a leaf, from leaf to root (RFC 6962, section 2.1.1). */
  path(index: number): Uint8Array[] {
    const path: Uint8Array[] = [];
    this.#levels.forEach((level, height) => {
      const sibling = level[(index >> height) ^ 1];
      if (level.length > 1 && sibling !== undefined) path.push(sibling);
    });
    return path;
  }
}

/** How many hashes the audit path of a leaf has; on the right edge of a tree some are skipped. */
export function rfc6962PathLength(index: number, count: number): number {
  let length = 0;
  for (let position = index, size = count; size > 1; position >>= 1, size = (size + 1) >> 1) {
    if ((position ^ 1) < size) length += 1;
  }
  return length;
}

/** Where an audit path of the right length leads from a leaf. */
export function rfc6962RootFromPath(
  leaf: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
): Uint8Array {
  let node = leaf;
  let used = 0;
  for (let position = index, size = count; size > 1; position >>= 1, size = (size + 1) >> 1) {
    if ((position ^ 1) >= size) continue;
    const sibling = path[used] ?? new Uint8Array(0);
    used += 1;
    node = position % 2 === 0 ? innerNode(node, sibling) : innerNode(sibling, node);
  }
  return node;
}

function parents(level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const left = level[index];
    const right = level[index + 1];
    if (left !== undefined) above.push(right === undefined ? left : innerNode(left, right));
  }
  return above;
}

function innerNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256.create().update(INNER_NODE).update(left).update(right).digest();
}
