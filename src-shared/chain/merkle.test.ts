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
    expect(() => merklePath([], 0)).toThrow('no leaf');
    expect(() => merklePath([new Uint8Array(32)], -1)).toThrow('no leaf');
  });
});
