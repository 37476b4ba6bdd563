import { PACKED_ROW_BYTES, TILE_COLUMNS } from './tile';

// An operand is x + sign·y of two matrices of int8, sign being −1, 0 or 1: as int16 that is exact.

/**
 * Widens rows of A to int16, `PACKED_ROW_BYTES` apart, an odd `count` padded with a zero.
 * @param x the first row's first wanted int8; rows are `stride` bytes apart
 * @param y the same of what is added; any readable address where `sign` is 0
 * @param count of k, at most 1024
 */
export function packRows(
  out: usize,
  x: usize,
  y: usize,
  sign: i16,
  stride: usize,
  rows: i32,
  count: i32,
): void {
  for (let row: usize = 0; row < <usize>rows; row++) {
    widen(out + row * PACKED_ROW_BYTES, x + row * stride, y + row * stride, sign, count);
  }
}

/** Fills `rows` packed rows with zeros: what pads the last tile. */
export function clearRows(out: usize, rows: i32): void {
  if (rows > 0) memory.fill(out, 0, <usize>rows * PACKED_ROW_BYTES);
}

function widen(out: usize, x: usize, y: usize, sign: i16, count: i32): void {
  const signs = i16x8.splat(sign);
  let k = 0;
  for (; k + 15 < count; k += 16) {
    const first = v128.load(x + k);
    const second = v128.load(y + k);
    v128.store(out + 2 * k, sumLow(first, second, signs));
    v128.store(out + 2 * k, sumHigh(first, second, signs), 16);
  }
  for (; k < count; k++) store<i16>(out + 2 * k, sumOf(x + k, y + k, sign));
  if (count & 1) store<i16>(out + 2 * count, 0);
}

/**
 * Packs columns of B in panels of 12: for each pair of k, the pairs of the panel's columns, widened to int16.
 * @param x the first column's first wanted int8; columns are `stride` bytes apart
 * @param y the same of what is added; any readable address where `sign` is 0
 */
export function packColumns(
  out: usize,
  x: usize,
  y: usize,
  sign: i16,
  stride: usize,
  columns: i32,
  count: i32,
): void {
  const panelBytes = <usize>((count + 1) >> 1) * 4 * TILE_COLUMNS;
  for (let column = 0; column < columns; column += 4) {
    const vector = out + <usize>(column / TILE_COLUMNS) * panelBytes + <usize>(column % TILE_COLUMNS) * 4;
    const at = <usize>column * stride;
    packFour(vector, x + at, y + at, sign, stride, min(columns - column, 4), count);
  }
  // What pads the last panel is left as it is: its sums are never used.
}

/** Four columns of a panel; those beyond `columns` repeat the first. */
function packFour(out: usize, x: usize, y: usize, sign: i16, stride: usize, columns: i32, count: i32): void {
  const to1 = columns > 1 ? stride : 0;
  const to2 = columns > 2 ? 2 * stride : 0;
  const to3 = columns > 3 ? 3 * stride : 0;
  const signs = i16x8.splat(sign);
  let k: usize = 0;
  let vector = out;
  for (; k + 15 < <usize>count; k += 16) {
    const x01 = x + k;
    const y01 = y + k;
    const xLow01 = pairsLow(v128.load(x01), v128.load(x01 + to1));
    const xHigh01 = pairsHigh(v128.load(x01), v128.load(x01 + to1));
    const xLow23 = pairsLow(v128.load(x01 + to2), v128.load(x01 + to3));
    const xHigh23 = pairsHigh(v128.load(x01 + to2), v128.load(x01 + to3));
    const yLow01 = pairsLow(v128.load(y01), v128.load(y01 + to1));
    const yHigh01 = pairsHigh(v128.load(y01), v128.load(y01 + to1));
    const yLow23 = pairsLow(v128.load(y01 + to2), v128.load(y01 + to3));
    const yHigh23 = pairsHigh(v128.load(y01 + to2), v128.load(y01 + to3));
    storeTwoPairs(vector, quadsLow(xLow01, xLow23), quadsLow(yLow01, yLow23), signs);
    storeTwoPairs(vector + 96, quadsHigh(xLow01, xLow23), quadsHigh(yLow01, yLow23), signs);
    storeTwoPairs(vector + 192, quadsLow(xHigh01, xHigh23), quadsLow(yHigh01, yHigh23), signs);
    storeTwoPairs(vector + 288, quadsHigh(xHigh01, xHigh23), quadsHigh(yHigh01, yHigh23), signs);
    vector += 384;
  }
  for (; k < <usize>count; k += 2) {
    const whole = k + 1 < <usize>count;
    storePair(vector, x + k, y + k, sign, whole);
    storePair(vector + 4, x + to1 + k, y + to1 + k, sign, whole);
    storePair(vector + 8, x + to2 + k, y + to2 + k, sign, whole);
    storePair(vector + 12, x + to3 + k, y + to3 + k, sign, whole);
    vector += 48;
  }
}

function pairsLow(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

function pairsHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

function quadsLow(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 4, 1, 5);
}

function quadsHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 2, 6, 3, 7);
}

/** The int8 of four columns and two pairs of k, summed and widened. */
function storeTwoPairs(out: usize, x: v128, y: v128, signs: v128): void {
  v128.store(out, sumLow(x, y, signs));
  v128.store(out, sumHigh(x, y, signs), 48);
}

function storePair(out: usize, x: usize, y: usize, sign: i16, whole: bool): void {
  store<i16>(out, sumOf(x, y, sign));
  store<i16>(out, whole ? sumOf(x + 1, y + 1, sign) : 0, 2);
}

function sumLow(x: v128, y: v128, signs: v128): v128 {
  return i16x8.add(i16x8.extend_low_i8x16_s(x), i16x8.mul(i16x8.extend_low_i8x16_s(y), signs));
}

function sumHigh(x: v128, y: v128, signs: v128): v128 {
  return i16x8.add(i16x8.extend_high_i8x16_s(x), i16x8.mul(i16x8.extend_high_i8x16_s(y), signs));
}

function sumOf(x: usize, y: usize, sign: i16): i16 {
  return <i16>load<i8>(x) + sign * <i16>load<i8>(y);
}
