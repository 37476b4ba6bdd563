import { PACKED_ROW_BYTES, TILE_COLUMNS } from './tile';

/**
 * Widens rows of A to int16, `PACKED_ROW_BYTES` apart, an odd `count` padded with a zero.
 * @param from the first row's first wanted int8; rows are `stride` bytes apart
 * @param count of k, at most 1024
 */
export function packRows(out: usize, from: usize, stride: usize, rows: i32, count: i32): void {
  for (let row = 0; row < rows; row++) {
    widen(out + <usize>row * PACKED_ROW_BYTES, from + <usize>row * stride, count);
  }
}

/** Fills `rows` packed rows with zeros: what pads the last tile. */
export function clearRows(out: usize, rows: i32): void {
  if (rows > 0) memory.fill(out, 0, <usize>rows * PACKED_ROW_BYTES);
}

function widen(out: usize, from: usize, count: i32): void {
  let k = 0;
  for (; k + 15 < count; k += 16) {
    const bytes = v128.load(from + k);
    v128.store(out + 2 * k, i16x8.extend_low_i8x16_s(bytes));
    v128.store(out + 2 * k, i16x8.extend_high_i8x16_s(bytes), 16);
  }
  for (; k < count; k++) store<i16>(out + 2 * k, <i16>load<i8>(from + k));
  if (count & 1) store<i16>(out + 2 * count, 0);
}

/**
 * Packs columns of B in panels of 12: for each pair of k, the pairs of the panel's columns, widened to int16.
 * @param from the first column's first wanted int8; columns are `stride` bytes apart
 */
export function packColumns(out: usize, from: usize, stride: usize, columns: i32, count: i32): void {
  const panelBytes = <usize>((count + 1) >> 1) * 4 * TILE_COLUMNS;
  for (let column = 0; column < columns; column += 4) {
    const vector = out + <usize>(column / TILE_COLUMNS) * panelBytes + <usize>(column % TILE_COLUMNS) * 4;
    packFour(vector, from + <usize>column * stride, stride, min(columns - column, 4), count);
  }
  // What pads the last panel is left as it is: its sums are never used.
}

/** Four columns of a panel; those beyond `columns` repeat the first. */
function packFour(out: usize, from0: usize, stride: usize, columns: i32, count: i32): void {
  const from1 = columns > 1 ? from0 + stride : from0;
  const from2 = columns > 2 ? from0 + 2 * stride : from0;
  const from3 = columns > 3 ? from0 + 3 * stride : from0;
  let k = 0;
  let vector = out;
  for (; k + 15 < count; k += 16) {
    const bytes0 = v128.load(from0 + k);
    const bytes1 = v128.load(from1 + k);
    const bytes2 = v128.load(from2 + k);
    const bytes3 = v128.load(from3 + k);
    const low01 = v128.shuffle<i16>(bytes0, bytes1, 0, 8, 1, 9, 2, 10, 3, 11);
    const low23 = v128.shuffle<i16>(bytes2, bytes3, 0, 8, 1, 9, 2, 10, 3, 11);
    const high01 = v128.shuffle<i16>(bytes0, bytes1, 4, 12, 5, 13, 6, 14, 7, 15);
    const high23 = v128.shuffle<i16>(bytes2, bytes3, 4, 12, 5, 13, 6, 14, 7, 15);
    storeTwoPairs(vector, v128.shuffle<i32>(low01, low23, 0, 4, 1, 5));
    storeTwoPairs(vector + 96, v128.shuffle<i32>(low01, low23, 2, 6, 3, 7));
    storeTwoPairs(vector + 192, v128.shuffle<i32>(high01, high23, 0, 4, 1, 5));
    storeTwoPairs(vector + 288, v128.shuffle<i32>(high01, high23, 2, 6, 3, 7));
    vector += 384;
  }
  for (; k < count; k += 2) {
    storePair(vector, from0 + k, k + 1 < count);
    storePair(vector + 4, from1 + k, k + 1 < count);
    storePair(vector + 8, from2 + k, k + 1 < count);
    storePair(vector + 12, from3 + k, k + 1 < count);
    vector += 48;
  }
}

/** The int8 of four columns and two pairs of k, widened. */
function storeTwoPairs(out: usize, bytes: v128): void {
  v128.store(out, i16x8.extend_low_i8x16_s(bytes));
  v128.store(out, i16x8.extend_high_i8x16_s(bytes), 48);
}

function storePair(out: usize, from: usize, whole: bool): void {
  store<i16>(out, <i16>load<i8>(from));
  store<i16>(out, whole ? <i16>load<i8>(from, 1) : 0, 2);
}
