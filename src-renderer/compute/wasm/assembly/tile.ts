/** Rows of A and columns of B of one tile: nine sums, with what feeds them, fit in the 16 vector registers of x86. */
export const TILE_ROWS = 3;
export const TILE_COLUMNS = 12;

/** Bytes between two packed rows of A; not a power of two, so that rows do not compete for the same cache sets. */
export const PACKED_ROW_BYTES = 2112;

/**
 * One tile of C, 3 × 12 int32, exact: int16 pairs of consecutive k, multiplied and summed by `i32x4.dot_i16x8_s`.
 * @param a three packed rows of A, `PACKED_ROW_BYTES` apart
 * @param b a packed panel of B: for each pair of k the pairs of 12 columns
 * @param pairs of k
 * @param stride bytes between rows of C
 * @param adds whether the sums are added to what `c` holds
 */
export function multiplyTile(a: usize, b: usize, pairs: i32, c: usize, stride: usize, adds: bool): void {
  let sum00 = i32x4.splat(0);
  let sum01 = i32x4.splat(0);
  let sum02 = i32x4.splat(0);
  let sum10 = i32x4.splat(0);
  let sum11 = i32x4.splat(0);
  let sum12 = i32x4.splat(0);
  let sum20 = i32x4.splat(0);
  let sum21 = i32x4.splat(0);
  let sum22 = i32x4.splat(0);
  let row = a;
  let column = b;
  for (let pair = 0; pair < pairs; pair++) {
    const b0 = v128.load(column, 0);
    const b1 = v128.load(column, 16);
    const b2 = v128.load(column, 32);
    const a0 = v128.load32_splat(row, 0);
    sum00 = i32x4.add(sum00, i32x4.dot_i16x8_s(a0, b0));
    sum01 = i32x4.add(sum01, i32x4.dot_i16x8_s(a0, b1));
    sum02 = i32x4.add(sum02, i32x4.dot_i16x8_s(a0, b2));
    const a1 = v128.load32_splat(row, PACKED_ROW_BYTES);
    sum10 = i32x4.add(sum10, i32x4.dot_i16x8_s(a1, b0));
    sum11 = i32x4.add(sum11, i32x4.dot_i16x8_s(a1, b1));
    sum12 = i32x4.add(sum12, i32x4.dot_i16x8_s(a1, b2));
    const a2 = v128.load32_splat(row, 2 * PACKED_ROW_BYTES);
    sum20 = i32x4.add(sum20, i32x4.dot_i16x8_s(a2, b0));
    sum21 = i32x4.add(sum21, i32x4.dot_i16x8_s(a2, b1));
    sum22 = i32x4.add(sum22, i32x4.dot_i16x8_s(a2, b2));
    row += 4;
    column += 48;
  }
  // Only stores and additions after the loop, chosen by one branch: selects here make V8 keep the sums in memory.
  if (adds) {
    addRow(c, sum00, sum01, sum02);
    addRow(c + stride, sum10, sum11, sum12);
    addRow(c + 2 * stride, sum20, sum21, sum22);
  } else {
    storeRow(c, sum00, sum01, sum02);
    storeRow(c + stride, sum10, sum11, sum12);
    storeRow(c + 2 * stride, sum20, sum21, sum22);
  }
}

function storeRow(c: usize, first: v128, second: v128, third: v128): void {
  v128.store(c, first);
  v128.store(c, second, 16);
  v128.store(c, third, 32);
}

function addRow(c: usize, first: v128, second: v128, third: v128): void {
  v128.store(c, i32x4.add(first, v128.load(c)));
  v128.store(c, i32x4.add(second, v128.load(c, 16)), 16);
  v128.store(c, i32x4.add(third, v128.load(c, 32)), 32);
}
