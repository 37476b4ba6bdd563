import { keyStream } from './chacha20';

/**
 * Freivalds' check of A·B = C in two rounds (matrix-mult-v1.md, "Self-check"). Elements of the field are kept in
 * (−p/2, p/2], as such and as two int16 halves, value = high·2^16 + low, so that matrices of int8 are multiplied by
 * `i32x4.dot_i16x8_s`.
 *
 * `vectors` holds, `length` elements each and zeros beyond the vector: r of both rounds as int32; the low and high halves of r,
 * round by round, as int16; then those of Br.
 */
const P: i64 = 0x7fffffff;
const HALF_P: i64 = P >> 1;

/** Columns of the inner dimension one call of `timesB` does. */
const SPAN: usize = 128;
/** int8 · int16 terms, at most 2^22 each, that an int32 sum takes: 2^8 of them, and as many again to spare. */
const TERMS = 256;

const OUT_OF_RANGE = 1;
const NOT_THE_PRODUCT = 2;

/**
 * Writes r of a round: 31 bits each of ChaCha20 under `key`, nonce zero, reduced mod p.
 * @param length elements of each vector: 16 more than the longer of r and Br, rounded up to whole SIMD vectors
 * @param columns elements of r
 * @param scratch 4·columns bytes, and 256 to spare, of this thread's own
 */
export function randomVector(
  vectors: usize,
  length: usize,
  columns: i32,
  round: i32,
  key: usize,
  scratch: usize,
): void {
  const values = vectors + <usize>round * 4 * length;
  const low = vectors + 8 * length + <usize>round * 4 * length;
  const high = low + 2 * length;
  memory.fill(values, 0, 4 * length);
  memory.fill(low, 0, 4 * length);
  memory.fill(low + 8 * length, 0, 4 * length);
  keyStream(scratch, key, 0, 0, (columns + 15) >> 4);
  for (let j: usize = 0; j < <usize>columns; j++) {
    const value = balanced(<i64>(load<u32>(scratch + 4 * j) & 0x7fffffff));
    store<i32>(values + 4 * j, value);
    storeHalves(low + 2 * j, high + 2 * j, value);
  }
}

/**
 * Elements `first`… of B·r for both rounds, 128 of them or what is left.
 * @param bTransposed B by columns; as much as a column and 256 bytes after its end must be readable
 * @param scratch 4 KiB of this thread's own
 */
export function timesB(
  vectors: usize,
  length: usize,
  bTransposed: usize,
  inner: i32,
  columns: i32,
  first: i32,
  scratch: usize,
): void {
  const totals = scratch + 4 * SPAN * 4;
  memory.fill(totals, 0, 2 * SPAN * 8);
  for (let column = 0; column < columns; column += TERMS) {
    memory.fill(scratch, 0, 4 * SPAN * 4);
    const end = min(column + TERMS, columns);
    for (let j = column; j < end; j += 2) {
      const from = bTransposed + <usize>j * inner + first;
      addTwoColumns(scratch, from, from + inner, vectors + 8 * length + 2 * <usize>j, 2 * length);
    }
    addHalves(totals, scratch);
    addHalves(totals + SPAN * 8, scratch + 2 * SPAN * 4);
  }
  const halves = vectors + 16 * length;
  for (let k = 0; k < min(inner - first, <i32>SPAN); k++) {
    for (let round: usize = 0; round < 2; round++) {
      const value = balanced(load<i64>(totals + round * SPAN * 8 + 8 * <usize>k));
      const low = halves + round * 4 * length + 2 * <usize>(first + k);
      storeHalves(low, low + 2 * length, value);
    }
  }
}

/** Adds two columns of B, times their elements of r, to the sums of low and high halves of both rounds. */
function addTwoColumns(sums: usize, column0: usize, column1: usize, factors: usize, stride: usize): void {
  const factor0 = v128.load32_splat(factors);
  const factor1 = v128.load32_splat(factors + stride);
  const factor2 = v128.load32_splat(factors + 2 * stride);
  const factor3 = v128.load32_splat(factors + 3 * stride);
  for (let k: usize = 0; k < SPAN; k += 16) {
    const bytes0 = v128.load(column0 + k);
    const bytes1 = v128.load(column1 + k);
    const low = v128.shuffle<u8>(bytes0, bytes1, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const high = v128.shuffle<u8>(
      bytes0,
      bytes1,
      8,
      24,
      9,
      25,
      10,
      26,
      11,
      27,
      12,
      28,
      13,
      29,
      14,
      30,
      15,
      31,
    );
    const first = i16x8.extend_low_i8x16_s(low);
    const second = i16x8.extend_high_i8x16_s(low);
    const third = i16x8.extend_low_i8x16_s(high);
    const fourth = i16x8.extend_high_i8x16_s(high);
    addTo(sums + 4 * k, first, second, third, fourth, factor0);
    addTo(sums + SPAN * 4 + 4 * k, first, second, third, fourth, factor1);
    addTo(sums + 2 * SPAN * 4 + 4 * k, first, second, third, fourth, factor2);
    addTo(sums + 3 * SPAN * 4 + 4 * k, first, second, third, fourth, factor3);
  }
}

function addTo(sums: usize, first: v128, second: v128, third: v128, fourth: v128, factor: v128): void {
  v128.store(sums, i32x4.add(v128.load(sums), i32x4.dot_i16x8_s(first, factor)));
  v128.store(sums, i32x4.add(v128.load(sums, 16), i32x4.dot_i16x8_s(second, factor)), 16);
  v128.store(sums, i32x4.add(v128.load(sums, 32), i32x4.dot_i16x8_s(third, factor)), 32);
  v128.store(sums, i32x4.add(v128.load(sums, 48), i32x4.dot_i16x8_s(fourth, factor)), 48);
}

/** Sums of low and of high halves, 2^30 at most, into totals of at most 2^53. */
function addHalves(totals: usize, sums: usize): void {
  for (let k: usize = 0; k < SPAN; k++) {
    const total = load<i64>(totals + 8 * k) + <i64>load<i32>(sums + 4 * k);
    store<i64>(totals + 8 * k, total + ((<i64>load<i32>(sums + SPAN * 4 + 4 * k)) << 16));
  }
}

/**
 * Checks rows of C: |Cᵢⱼ| ≤ inner·2^14, and A(Br) ≡ Cr in both rounds.
 * @param a the first row of A; 16 bytes after the last must be readable
 * @param c the first row of C
 * @returns 0, or 1 where a value is out of range, or 2 where it is not the product, or 3
 */
export function checkRows(
  vectors: usize,
  length: usize,
  a: usize,
  c: usize,
  inner: i32,
  columns: i32,
  rows: i32,
): i32 {
  let faults = 0;
  for (let row = 0; row < rows; row++) {
    const rowOfA = a + <usize>row * inner;
    const rowOfC = c + <usize>row * columns * 4;
    if (!inRange(rowOfC, inner, columns)) faults |= OUT_OF_RANGE;
    for (let round: usize = 0; round < 2; round++) {
      const halves = vectors + 16 * length + round * 4 * length;
      const left = timesA(rowOfA, inner, halves, halves + 2 * length);
      const right = timesC(rowOfC, inner, columns, vectors + round * 4 * length);
      if ((left - right) % P !== 0) faults |= NOT_THE_PRODUCT;
    }
  }
  return faults;
}

function inRange(c: usize, inner: i32, columns: i32): bool {
  const bound = inner << 14;
  let least = i32x4.splat(0);
  let most = i32x4.splat(0);
  let j = 0;
  for (; j + 3 < columns; j += 4) {
    const values = v128.load(c + 4 * <usize>j);
    least = i32x4.min_s(least, values);
    most = i32x4.max_s(most, values);
  }
  let outside = v128.or(i32x4.lt_s(least, i32x4.splat(-bound)), i32x4.gt_s(most, i32x4.splat(bound)));
  for (; j < columns; j++) {
    const value = load<i32>(c + 4 * <usize>j);
    if (value < -bound || value > bound) outside = i32x4.splat(-1);
  }
  return !v128.any_true(outside);
}

/** A row of A times Br, below 2^53; an int32 lane takes 256 terms before it is emptied. */
function timesA(a: usize, inner: i32, low: usize, high: usize): i64 {
  let sum: i64 = 0;
  for (let from = 0; from < inner; from += 4 * TERMS) {
    let lowSums = i32x4.splat(0);
    let highSums = i32x4.splat(0);
    const end = min(from + 4 * TERMS, inner);
    for (let k = <usize>from; k < <usize>end; k += 16) {
      const bytes = v128.load(a + k);
      const first = i16x8.extend_low_i8x16_s(bytes);
      const second = i16x8.extend_high_i8x16_s(bytes);
      lowSums = i32x4.add(lowSums, i32x4.dot_i16x8_s(first, v128.load(low + 2 * k)));
      highSums = i32x4.add(highSums, i32x4.dot_i16x8_s(first, v128.load(high + 2 * k)));
      lowSums = i32x4.add(lowSums, i32x4.dot_i16x8_s(second, v128.load(low + 2 * k, 16)));
      highSums = i32x4.add(highSums, i32x4.dot_i16x8_s(second, v128.load(high + 2 * k, 16)));
    }
    sum += sumLanes(lowSums) + (sumLanes(highSums) << 16);
  }
  return sum;
}

function sumLanes(sums: v128): i64 {
  const pairs = i64x2.add(i64x2.extend_low_i32x4_s(sums), i64x2.extend_high_i32x4_s(sums));
  return i64x2.extract_lane(pairs, 0) + i64x2.extract_lane(pairs, 1);
}

/**
 * A row of C times r, mod p. Within range a term is at most inner·2^14 · 2^30, so 2^17 / inner steps of two terms a lane stay
 * within 2^62; out of range the sum may wrap, and the row has failed already.
 */
function timesC(c: usize, inner: i32, columns: i32, r: usize): i64 {
  const step = <usize>max((1 << 17) / inner, 1) * 16;
  const end = <usize>(columns & ~3) * 4;
  let sum: i64 = 0;
  for (let from: usize = 0; from < end; from += step) {
    let sums = i64x2.splat(0);
    const to = min(from + step, end);
    for (let at = from; at < to; at += 16) {
      const values = v128.load(c + at);
      const factors = v128.load(r + at);
      sums = i64x2.add(sums, i64x2.extmul_low_i32x4_s(values, factors));
      sums = i64x2.add(sums, i64x2.extmul_high_i32x4_s(values, factors));
    }
    sum += (i64x2.extract_lane(sums, 0) % P) + (i64x2.extract_lane(sums, 1) % P);
  }
  for (let at = end; at < <usize>columns * 4; at += 4) {
    sum += (<i64>load<i32>(c + at) * <i64>load<i32>(r + at)) % P;
  }
  return sum % P;
}

/** The representative in (−p/2, p/2]. */
function balanced(value: i64): i32 {
  const rest = value % P;
  if (rest > HALF_P) return <i32>(rest - P);
  return <i32>(rest < -HALF_P ? rest + P : rest);
}

/** value = high·2^16 + low. As |value| < 2^30, both are int16. */
function storeHalves(low: usize, high: usize, value: i32): void {
  store<i16>(low, <i16>value);
  store<i16>(high, <i16>((value - <i32>(<i16>value)) >> 16));
}
