import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commit, flatCommitment, iteratedRoot, MerkleCommitment, rowDigest } from './commitment';
import { matrixA, matrixBTransposed } from './matrices';
import { multiplyRow } from './product';
import { checkProduct, selfCheck } from './self-check';

const n = 48;
const seed = new Uint8Array(32).fill(3);
const a = matrixA(seed, n);
const bTransposed = matrixBTransposed(seed, n);
const c = new Int32Array(n * n);
for (let row = 0; row < n; row += 1)
  c.set(multiplyRow(a.subarray(row * n, row * n + n), bTransposed, n), row * n);
const { root } = commit(c, n, seed);

describe('the self-check', () => {
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

  it('stays exact at the largest values, over more terms than one reduction', () => {
    const inner = 16384;
    const columns = 1500;
    const product = {
      rows: 1,
      inner,
      columns,
      a: new Int8Array(inner).fill(-128),
      bTransposed: new Int8Array(inner * columns).fill(-128),
      c: new Int32Array(columns).fill(2 ** 28),
    };
    expect(checkProduct(product, seed, root)).toEqual({ ok: true });
    product.c[columns - 1] = 2 ** 28 - 1;
    expect(checkProduct(product, seed, root)).toEqual({ ok: false, why: 'product' });
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
    expect(() => commitment.root).toThrow('0 of 2 rows');
    commitment.addRow(new Int32Array(2));
    commitment.addRow(new Int32Array(2));
    expect(() => commitment.addRow(new Int32Array(2))).toThrow('All rows');
  });

  it('of a job with one iteration is that iteration’s root', () => {
    expect(iteratedRoot([root])).toEqual(root);
    expect(iteratedRoot([root, root])).not.toEqual(root);
  });
});
