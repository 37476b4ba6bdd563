const DIGEST_BYTES = 32;

/** RFC 6962's tree, its levels one after another in memory: the leaves first, the root last. */
export class DigestTree {
  readonly #nodes: Uint8Array;
  /** Where each level begins, in nodes, and how many nodes it has. */
  readonly #levels: readonly { readonly first: number; readonly count: number }[];

  /** @param nodes all levels, `nodesOf(leaves)` digests of 32 bytes */
  constructor(nodes: Uint8Array, leaves: number) {
    this.#nodes = nodes;
    this.#levels = levelsOf(leaves);
  }

  get root(): Uint8Array {
    return this.#node(this.#levels.at(-1)?.first ?? 0);
  }

  /** Audit path of a leaf, leaf to root (RFC 6962, section 2.1.1). */
  path(leaf: number): Uint8Array[] {
    return this.#levels.flatMap(({ first, count }, height) => {
      const sibling = (leaf >> height) ^ 1;
      return count > 1 && sibling < count ? [this.#node(first + sibling)] : [];
    });
  }

  #node(index: number): Uint8Array {
    return this.#nodes.slice(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
  }
}

/** The levels of a tree, leaves first. */
export function levelsOf(leaves: number): { first: number; count: number }[] {
  const levels = [{ first: 0, count: leaves }];
  for (let first = 0, count = leaves; count > 1; ) {
    first += count;
    count = (count + 1) >> 1;
    levels.push({ first, count });
  }
  return levels;
}

/** Nodes of all levels together. */
export function nodesOf(leaves: number): number {
  return levelsOf(leaves).reduce((sum, { count }) => sum + count, 0);
}
