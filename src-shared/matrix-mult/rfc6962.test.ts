import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rfc6962Tree, rfc6962PathLength, rfc6962RootFromPath } from './rfc6962';

/** RFC 6962, section 2.1, word for word: split at the largest power of two below the count. */
function definition(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (leaves.length === 1 && first !== undefined) return first;
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(
    concatBytes(Uint8Array.of(1), definition(leaves.slice(0, split)), definition(leaves.slice(split))),
  );
}

const trees = fc
  .array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 1, maxLength: 40 })
  .map((leaves) => ({ leaves, tree: new Rfc6962Tree(leaves) }));

describe('the RFC 6962 tree', () => {
  it('has the root of the definition', () => {
    fc.assert(
      fc.property(trees, ({ leaves, tree }) => {
        expect(bytesToHex(tree.root)).toBe(bytesToHex(definition(leaves)));
      }),
    );
  });

  it('has for every leaf an audit path of the announced length that leads to the root', () => {
    fc.assert(
      fc.property(trees, ({ leaves, tree }) => {
        leaves.forEach((leaf, index) => {
          const path = tree.path(index);
          expect(path).toHaveLength(rfc6962PathLength(index, leaves.length));
          expect(rfc6962RootFromPath(leaf, index, leaves.length, path)).toEqual(tree.root);
        });
      }),
    );
  });

  it('of no leaf has 32 zero bytes for its root, of one the leaf, and no path', () => {
    expect(new Rfc6962Tree([]).root).toEqual(new Uint8Array(32));
    const leaf = sha256(Uint8Array.of(7));
    const tree = new Rfc6962Tree([leaf]);
    expect(tree.root).toBe(leaf);
    expect(tree.path(0)).toEqual([]);
    expect(rfc6962RootFromPath(leaf, 0, 1, [])).toBe(leaf);
  });

  it('leaves out of a path what has no sibling', () => {
    const leaves = [0, 1, 2, 3, 4].map((byte) => sha256(Uint8Array.of(byte)));
    const tree = new Rfc6962Tree(leaves);
    expect([0, 1, 2, 3, 4].map((index) => tree.path(index).length)).toEqual([3, 3, 3, 3, 1]);
    expect([0, 3, 4].map((index) => rfc6962PathLength(index, 5))).toEqual([3, 3, 1]);
    expect(tree.path(4)).toEqual([definition(leaves.slice(0, 4))]);
  });

  it('does not lead to its root along a path that is too short', () => {
    const leaves = [0, 1].map((byte) => sha256(Uint8Array.of(byte)));
    const [leaf = new Uint8Array(0)] = leaves;
    const short = sha256(concatBytes(Uint8Array.of(1), leaf));
    expect(rfc6962RootFromPath(leaf, 0, 2, [])).toEqual(short);
  });

  it('does not lead there from another place', () => {
    fc.assert(
      fc.property(trees, fc.nat(), ({ leaves, tree }, pick) => {
        fc.pre(leaves.length > 1);
        const index = pick % leaves.length;
        const leaf = sha256(leaves[index] ?? new Uint8Array(32));
        expect(rfc6962RootFromPath(leaf, index, leaves.length, tree.path(index))).not.toEqual(tree.root);
      }),
    );
  });
});
