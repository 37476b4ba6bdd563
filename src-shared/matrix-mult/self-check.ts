import { chacha20 } from '@noble/ciphers/chacha.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { u32le } from './bytes';

/** The Mersenne prime the check works over. */
const P = 2 ** 31 - 1;
export const ROUNDS = 2;
const HALF = 2 ** 16;

/** Terms |C|·2^16 ≤ 2^44 that may be summed before they could leave the 53 bits of a double. */
const TERMS = 512;

export type Product = {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  /** rows × inner, row-major. */
  readonly a: Int8Array;
  /** columns × inner, row-major: B by columns. */
  readonly bTransposed: Int8Array;
  /** rows × columns, row-major. */
  readonly c: Int32Array;
};

export type SelfCheck = { readonly ok: true } | { readonly ok: false; readonly why: 'range' | 'product' };

/** Freivalds' check of a square task before it is submitted (matrix-mult-v1.md, "Self-check"). */
export function selfCheck(
  a: Int8Array,
  bTransposed: Int8Array,
  c: Int32Array,
  n: number,
  seed: Uint8Array,
  root: Uint8Array,
): SelfCheck {
  return checkProduct({ rows: n, inner: n, columns: n, a, bTransposed, c }, seed, root);
}

/**
 * The same for matrices of any shape. First |Cᵢⱼ| ≤ inner·2^14, which bounds every sum below; then, over
 * p = 2^31 − 1 and in two rounds, A(Br) ≡ Cr. A wrong C passes with a chance of about 2^-62.
 */
export function checkProduct(product: Product, seed: Uint8Array, root: Uint8Array): SelfCheck {
  const bound = product.inner * 2 ** 14;
  if (!product.c.every((value) => value >= -bound && value <= bound)) return { ok: false, why: 'range' };
  for (let round = 0; round < ROUNDS; round += 1) {
    const r = randomVector(seed, root, product.columns, round);
    const br = timesB(product, r);
    for (let row = 0; row < product.rows; row += 1) {
      if (timesA(product, br, row) !== timesC(product, r, row)) return { ok: false, why: 'product' };
    }
  }
  return { ok: true };
}

/** Elements of [0, p): 31 bits each of ChaCha20 under SHA-256(seed ‖ u32le(N) ‖ root ‖ round), nonce zero. */
export function randomVector(
  seed: Uint8Array,
  root: Uint8Array,
  columns: number,
  round: number,
): Float64Array {
  const key = sha256(concatBytes(seed, u32le(columns), root, Uint8Array.of(round)));
  const stream = chacha20(key, new Uint8Array(12), new Uint8Array(columns * 4));
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  return Float64Array.from({ length: columns }, (_, j) => (view.getUint32(j * 4, true) & 0x7fffffff) % P);
}

/** B·r mod p. Each sum stays within 2^7 · 2^31 · 2^14 = 2^52. */
function timesB({ inner, columns, bTransposed }: Product, r: Float64Array): Float64Array {
  const sums = new Float64Array(inner);
  for (let column = 0; column < columns; column += 1) {
    const factor = at(r, column);
    const start = column * inner;
    for (let k = 0; k < inner; k += 1) sums[k] = at(sums, k) + at(bTransposed, start + k) * factor;
  }
  return sums.map(modP);
}

/** One element of A·(Br) mod p, bounded as above. */
function timesA({ inner, a }: Product, br: Float64Array, row: number): number {
  let sum = 0;
  for (let k = 0; k < inner; k += 1) sum += at(a, row * inner + k) * at(br, k);
  return modP(sum);
}

/** One element of C·r mod p. r is split in two halves, and the sums reduced every `TERMS`, to stay exact. */
function timesC({ columns, c }: Product, r: Float64Array, row: number): number {
  let high = 0;
  let low = 0;
  for (let from = 0; from < columns; from += TERMS) {
    const to = Math.min(columns, from + TERMS);
    for (let j = from; j < to; j += 1) {
      const value = at(c, row * columns + j);
      const factor = at(r, j);
      const upper = Math.floor(factor / HALF);
      high += value * upper;
      low += value * (factor - upper * HALF);
    }
    high %= P;
    low %= P;
  }
  return modP(high * HALF + low);
}

function modP(value: number): number {
  const rest = value % P;
  return rest < 0 ? rest + P : rest;
}

/** An element known to be inside; the cast is free, where `?? 0` would cost in the inner loops. */
function at(array: Int8Array | Int32Array | Float64Array, index: number): number {
  return array[index] as number;
}
