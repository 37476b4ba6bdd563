/** Rows of A and columns of B of one tile: nine sums, with what feeds them, fit in the 16 vector registers of x86. */
export const TILE_ROWS = 3;
export const TILE_COLUMNS = 12;

/** Bytes between two packed rows of A; not a power of two, so that rows do not compete for the same cache sets. */
export const PACKED_ROW_BYTES = 2112;

/** Bytes of a row of a tile. */
export const TILE_ROW_BYTES: usize = TILE_COLUMNS * 4;

/**
 * One tile of a product, 3 × 12 int32, exact: int16 pairs of consecutive k, multiplied and summed by
 * `i32x4.dot_i16x8_s`.
 * @param a three packed rows of A, `PACKED_ROW_BYTES` apart
 * @param b a packed panel of B: for each pair of k the pairs of 12 columns
 * @param pairs of k
 * @param out three rows of 12 int32, one after the other
 */
export function multiplyTile(a: usize, b: usize, pairs: i32, out: usize): void {
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
  // Only stores after the loop: selects here make V8 keep the sums in memory.
  storeRow(out, sum00, sum01, sum02);
  storeRow(out + TILE_ROW_BYTES, sum10, sum11, sum12);
  storeRow(out + 2 * TILE_ROW_BYTES, sum20, sum21, sum22);
}

function storeRow(out: usize, first: v128, second: v128, third: v128): void {
  v128.store(out, first);
  v128.store(out, second, 16);
  v128.store(out, third, 32);
}

/** How a tile goes into C. */
export const PUT = 0;
export const ADD = 1;
export const SUBTRACT = 2;

/** Puts the part of a tile that is inside C there, or adds it, or subtracts it. @param stride bytes between rows of C */
export function spreadTile(tile: usize, c: usize, stride: usize, rows: i32, columns: i32, how: i32): void {
  if (rows === TILE_ROWS && columns === TILE_COLUMNS) {
    if (how === PUT) putTile(tile, c, stride);
    else if (how === ADD) addTile(tile, c, stride);
    else subtractTile(tile, c, stride);
    return;
  }
  for (let row: usize = 0; row < <usize>rows; row++) {
    for (let column: usize = 0; column < <usize>columns; column++) {
      const out = c + row * stride + 4 * column;
      const value = load<i32>(tile + row * TILE_ROW_BYTES + 4 * column);
      const before = how === PUT ? 0 : load<i32>(out);
      store<i32>(out, how === SUBTRACT ? before - value : before + value);
    }
  }
}

function putTile(tile: usize, c: usize, stride: usize): void {
  let from = tile;
  let out = c;
  for (let row = 0; row < TILE_ROWS; row++) {
    v128.store(out, v128.load(from));
    v128.store(out, v128.load(from, 16), 16);
    v128.store(out, v128.load(from, 32), 32);
    from += TILE_ROW_BYTES;
    out += stride;
  }
}

function addTile(tile: usize, c: usize, stride: usize): void {
  let from = tile;
  let out = c;
  for (let row = 0; row < TILE_ROWS; row++) {
    v128.store(out, i32x4.add(v128.load(out), v128.load(from)));
    v128.store(out, i32x4.add(v128.load(out, 16), v128.load(from, 16)), 16);
    v128.store(out, i32x4.add(v128.load(out, 32), v128.load(from, 32)), 32);
    from += TILE_ROW_BYTES;
    out += stride;
  }
}

function subtractTile(tile: usize, c: usize, stride: usize): void {
  let from = tile;
  let out = c;
  for (let row = 0; row < TILE_ROWS; row++) {
    v128.store(out, i32x4.sub(v128.load(out), v128.load(from)));
    v128.store(out, i32x4.sub(v128.load(out, 16), v128.load(from, 16)), 16);
    v128.store(out, i32x4.sub(v128.load(out, 32), v128.load(from, 32)), 32);
    from += TILE_ROW_BYTES;
    out += stride;
  }
}
