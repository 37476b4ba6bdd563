import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../fixtures/protocol-vectors.json';
import { merklePath, merkleRoot, rootFromPath } from './merkle';

const hashes = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 1, maxLength: 40 });

describe('the L1’s Merkle tree', () => {
  it('has the root of every vector', () => {
    for (const { leaves, tx_root } of vectors.merkle) {
      expect(bytesToHex(merkleRoot(leaves.map((leaf) => hexToBytes(leaf))))).toBe(tx_root);
    }
  });

  it('leads from every leaf to the root', () => {
    fc.assert(
      fc.property(hashes, (leaves) => {
        const root = bytesToHex(merkleRoot(leaves));
        leaves.forEach((leaf, index) => {
          expect(bytesToHex(rootFromPath(leaf, merklePath(leaves, index)))).toBe(root);
        });
      }),
    );
  });

  it('leads from another leaf, or along a changed path, somewhere else', () => {
    fc.assert(
      fc.property(hashes, fc.nat(), (leaves, pick) => {
        const index = pick % leaves.length;
        const leaf = leaves[index] ?? new Uint8Array(32);
        const path = merklePath(leaves, index);
        const root = bytesToHex(merkleRoot(leaves));
        expect(bytesToHex(rootFromPath(sha256(leaf), path))).not.toBe(root);
        const tampered = path.map((step) => ({ ...step, hash: sha256(step.hash) }));
        if (path.length > 0) expect(bytesToHex(rootFromPath(leaf, tampered))).not.toBe(root);
      }),
    );
  });

  it('has no path for a leaf it does not have', () => {
    for (const index of [-1, 1, 0.5]) {
      expect(() => merklePath([new Uint8Array(32)], index)).toThrow(
        expect.objectContaining({ code: 'invalid_argument' }),
      );
    }
    expect(() => merklePath([], 0)).toThrow('no leaf');
  });

  it('has 32 zero bytes for its root where it has no leaf, and pairs an odd one with itself', () => {
    expect(merkleRoot([])).toEqual(new Uint8Array(32));
    const [a = new Uint8Array(0), b = a, c = a] = [1, 2, 3].map((byte) => sha256(Uint8Array.of(byte)));
    const pair = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(...left, ...right));
    expect(merklePath([a, b, c], 2)).toEqual([
      { side: 'right', hash: c },
      { side: 'left', hash: pair(a, b) },
    ]);
    expect(merklePath([a, b, c], 1)).toEqual([
      { side: 'left', hash: a },
      { side: 'right', hash: pair(c, c) },
    ]);
    expect(merklePath([a], 0)).toEqual([]);
  });
});
