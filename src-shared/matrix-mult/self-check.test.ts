import { createCipheriv, createHash } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkHeader, commit, flatCommitment, iteratedRoot, MerkleCommitment, rowDigest } from './commitment';
import { matrixA, matrixBTransposed } from './matrices';
import { multiplyRow } from './product';
import { randomVector, selfCheck } from './self-check';

const n = 48;
const seed = new Uint8Array(32).fill(3);
const a = matrixA(seed, n);
const bTransposed = matrixBTransposed(seed, n);
const c = new Int32Array(n * n);
for (let row = 0; row < n; row += 1)
  c.set(multiplyRow(a.subarray(row * n, row * n + n), bTransposed, n), row * n);
const { root } = commit(c, n, seed);

const P = 2 ** 31 - 1;

/** The vector of a round as the specification has it, by another implementation of ChaCha20. */
function specifiedVector(columns: number, round: number): number[] {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(columns);
  const key = createHash('sha256').update(seed).update(size).update(root).update(Buffer.of(round)).digest();
  // Node's own takes the block counter before the nonce: both zero.
  const stream = createCipheriv('chacha20', key, Buffer.alloc(16)).update(Buffer.alloc(4 * columns));
  return Array.from({ length: columns }, (_, j) => (stream.readUInt32LE(4 * j) % 2 ** 31) % P);
}

/** Small x and y with x·r₀ + y·r₁ ≡ 0 (mod p): Thue's lemma, by Euclid's steps. */
function unseenBy([first = 0, second = 0]: readonly number[]): [number, number] {
  const p = BigInt(P);
  const inverse = (value: bigint, exponent = p - 2n): bigint =>
    exponent === 0n
      ? 1n
      : (inverse((value * value) % p, exponent / 2n) * (exponent % 2n === 1n ? value : 1n)) % p;
  const factor = ((p - BigInt(second)) * inverse(BigInt(first))) % p;
  let [above, rest, before, times] = [p, factor, 0n, 1n];
  while (rest * rest > p) {
    [above, rest, before, times] = [rest, above % rest, times, before - (above / rest) * times];
  }
  return [Number(rest), Number(times)];
}

describe('the self-check', () => {
  it.each([0, 1])('draws its vector of round %i from seed, size, root and round, 31 bits each', (round) => {
    expect([...randomVector(seed, root, n, round)]).toEqual(specifiedVector(n, round));
    expect([...randomVector(seed, root, 300, round)]).toEqual(specifiedVector(300, round));
  });

  it.each([0, 1])('notices in the other round what round %i does not see', (round) => {
    const r = specifiedVector(n, round);
    const [x, y] = unseenBy(r);
    expect((BigInt(x) * BigInt(r[0] ?? 0) + BigInt(y) * BigInt(r[1] ?? 0)) % BigInt(P)).toBe(0n);
    const wrong = c.slice();
    wrong[0] = (wrong[0] ?? 0) + x;
    wrong[1] = (wrong[1] ?? 0) + y;
    expect(selfCheck(a, bTransposed, wrong, n, seed, root)).toEqual({ ok: false, why: 'product' });
  });

  it('bounds every element by inner · 2^14 either way, that value included', () => {
    const bound = n * 2 ** 14;
    const why = (value: number) => {
      const wrong = c.slice();
      wrong[7] = value;
      return selfCheck(a, bTransposed, wrong, n, seed, root);
    };
    for (const value of [bound, -bound]) expect(why(value)).toEqual({ ok: false, why: 'product' });
    for (const value of [bound + 1, -bound - 1]) expect(why(value)).toEqual({ ok: false, why: 'range' });
  });

  it('passes the true product', () => {
    expect(selfCheck(a, bTransposed, c, n, seed, root)).toEqual({ ok: true });
  });

  it('notices a single changed element, wherever and however it is changed', () => {
    const change = fc.integer({ min: -1000, max: 1000 }).filter((delta) => delta !== 0);
    fc.assert(
      fc.property(fc.nat({ max: n * n - 1 }), change, (index, delta) => {
        const wrong = c.slice();
        wrong[index] = (wrong[index] ?? 0) + delta;
        expect(selfCheck(a, bTransposed, wrong, n, seed, root).ok).toBe(false);
      }),
    );
  });

  it('checks the range first, so that a value off by p cannot pass for the true one', () => {
    const wrong = c.slice();
    wrong[5] = (c[5] ?? 0) >= 0 ? (c[5] ?? 0) - (2 ** 31 - 1) : (c[5] ?? 0) + (2 ** 31 - 1);
    expect(selfCheck(a, bTransposed, wrong, n, seed, root)).toEqual({ ok: false, why: 'range' });
  });
});

describe('a commitment', () => {
  it('is the same built row by row, from digests or from the whole', () => {
    const byRow = new MerkleCommitment(n, seed);
    const byDigest = new MerkleCommitment(n, seed);
    for (let row = 0; row < n; row += 1) {
      const values = c.subarray(row * n, row * n + n);
      byRow.addRow(values);
      byDigest.addRowDigest(rowDigest(values, n, row, seed));
    }
    expect(byRow.root).toEqual(root);
    expect(byDigest.root).toEqual(root);
    const rows = Array.from({ length: n }, (_, row) => c.subarray(row * n, row * n + n));
    expect(flatCommitment(rows)).toEqual(flatCommitment(c));
  });

  it('has no root before all rows are in, and takes no more after', () => {
    const commitment = new MerkleCommitment(2, seed);
    const early = expect.objectContaining({ code: 'internal', message: 'Only 0 of 2 rows are in.' });
    expect(() => commitment.root).toThrow(early);
    expect(() => commitment.path(0)).toThrow(early);
    commitment.addRow(new Int32Array(2));
    expect(() => commitment.root).toThrow('1 of 2 rows');
    commitment.addRow(new Int32Array(2));
    expect(() => commitment.addRow(new Int32Array(2))).toThrow(
      expect.objectContaining({ code: 'internal', message: 'All rows are in already.' }),
    );
  });

  it('hashes each chunk of a row after a header of its own', () => {
    const header = chunkHeader(0x01020304, 0x05060708, 0x090a0b0c, seed);
    const start = `00${Buffer.from('CPC matrix_mult_v1').toString('hex')}00`;
    expect(bytesToHex(header)).toBe(`${start}04030201080706050c0b0a09${bytesToHex(seed)}`);
    const row = Int32Array.from({ length: 300 }, (_, j) => j - 7);
    const bytes = new Uint8Array(row.buffer);
    const chunk = (index: number) =>
      sha256(concatBytes(chunkHeader(300, 5, index, seed), bytes.subarray(index * 1024, (index + 1) * 1024)));
    const digest = sha256(concatBytes(Uint8Array.of(1), chunk(0), chunk(1)));
    expect(bytesToHex(rowDigest(row, 300, 5, seed))).toBe(bytesToHex(digest));
    const whole = row.slice(0, 256);
    expect(rowDigest(whole, 256, 0, seed)).toEqual(
      sha256(concatBytes(chunkHeader(256, 0, 0, seed), new Uint8Array(whole.buffer))),
    );
  });

  it('takes as many rows as a job has, whatever its columns', () => {
    const values = Int32Array.of(1, 2, 3, 4, 5, 6);
    const commitment = new MerkleCommitment(3, seed, 2);
    commitment.addRow(values.subarray(0, 3));
    commitment.addRow(values.subarray(3));
    expect(commitment.rowDigests).toEqual([
      rowDigest(Int32Array.of(1, 2, 3), 3, 0, seed),
      rowDigest(Int32Array.of(4, 5, 6), 3, 1, seed),
    ]);
    expect(commit(values, 3, seed, 2).root).toEqual(commitment.root);
    expect(() => commitment.addRowDigest(seed)).toThrow('All rows');
  });

  it('of a job with one iteration is that iteration’s root', () => {
    expect(iteratedRoot([root])).toEqual(root);
    expect(iteratedRoot([root, root])).not.toEqual(root);
  });
});
