import { describe, expect, it } from 'vitest';
import { checkProduct } from './self-check';

const seed = new Uint8Array(32).fill(3);
const root = new Uint8Array(32).fill(5);

// Alone in its file: as many elements as it takes to leave the 53 bits of a double cost too much for each mutant.
describe('the self-check', () => {
  it('stays exact at the largest values, over more terms than one reduction', () => {
    const inner = 16384;
    const columns = 600;
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
