import { clearRows, packColumns, packRows } from './pack';
import {
  ADD,
  multiplyTile,
  PACKED_ROW_BYTES,
  PUT,
  SUBTRACT,
  spreadTile,
  TILE_COLUMNS,
  TILE_ROW_BYTES,
  TILE_ROWS,
} from './tile';

/** k of one pass: what is packed for it stays in the second-level cache. */
const PASS = 1024;
/** Most rows of one block; a multiple of `TILE_ROWS`. */
const BLOCK_ROWS = 192;
/** Most columns of one block; a multiple of `TILE_COLUMNS`. */
const BLOCK_COLUMNS = 96;

const PACKED_A_BYTES: usize = BLOCK_ROWS * PACKED_ROW_BYTES;
const PACKED_B_BYTES: usize = BLOCK_COLUMNS * PASS * 2;

/** Where a product goes that has one place only. */
const NOWHERE: usize = 0;

/**
 * A block of C = A·B, exact: at most 192 rows and 96 columns.
 * @param a the block's first row of A, int8, `inner` a row
 * @param bTransposed the block's first column of B, int8, `inner` a column
 * @param c the block's first int32
 * @param columnsOfC int32 between two rows of C
 * @param scratch 603 KiB of this thread's own
 */
export function multiplyBlock(
  a: usize,
  bTransposed: usize,
  c: usize,
  inner: i32,
  columnsOfC: i32,
  rows: i32,
  columns: i32,
  scratch: usize,
): void {
  const stride = <usize>columnsOfC * 4;
  for (let from = 0; from < inner; from += PASS) {
    const count = min(inner - from, PASS);
    packA(scratch, a + from, a, 0, inner, rows, count);
    packB(scratch, bTransposed + from, bTransposed, 0, inner, columns, count);
    multiplyPacked(scratch, count, rows, columns, stride, c, from > 0 ? ADD : PUT, NOWHERE, PUT);
  }
}

/**
 * Four blocks of C, one in each quarter, by Strassen's seven products instead of eight ("Gaussian elimination is not
 * optimal", 1969). Sums of two int8 are int16, which is what operands are widened to anyway, and sums of int32 that
 * wrap around on the way are right in the end: exact. Parameters are `multiplyBlock`'s, for the block in the first
 * quarter, and:
 * @param downA bytes from a row of A to that of the lower quarters; `downC` the same of C
 * @param acrossB bytes from a column of B to that of the right quarters; `acrossC` the same of C
 */
export function multiplyQuarters(
  a: usize,
  bTransposed: usize,
  c: usize,
  inner: i32,
  columnsOfC: i32,
  rows: i32,
  columns: i32,
  downA: usize,
  downC: usize,
  acrossB: usize,
  acrossC: usize,
  scratch: usize,
): void {
  const stride = <usize>columnsOfC * 4;
  const half = inner >> 1;
  const c11 = c;
  const c12 = c + acrossC;
  const c21 = c + downC;
  const c22 = c21 + acrossC;
  for (let from = 0; from < half; from += PASS) {
    const count = min(half - from, PASS);
    const a11 = a + from;
    const a12 = a11 + half;
    const a21 = a11 + downA;
    const a22 = a12 + downA;
    const b11 = bTransposed + from;
    const b21 = b11 + half;
    const b12 = b11 + acrossB;
    const b22 = b21 + acrossB;
    const first = from > 0 ? ADD : PUT;
    packA(scratch, a11, a22, 1, inner, rows, count);
    packB(scratch, b11, b22, 1, inner, columns, count);
    multiplyPacked(scratch, count, rows, columns, stride, c11, first, c22, first);
    packA(scratch, a21, a22, 1, inner, rows, count);
    packB(scratch, b11, b11, 0, inner, columns, count);
    multiplyPacked(scratch, count, rows, columns, stride, c21, first, c22, SUBTRACT);
    packA(scratch, a11, a11, 0, inner, rows, count);
    packB(scratch, b12, b22, -1, inner, columns, count);
    multiplyPacked(scratch, count, rows, columns, stride, c12, first, c22, ADD);
    packA(scratch, a22, a22, 0, inner, rows, count);
    packB(scratch, b21, b11, -1, inner, columns, count);
    multiplyPacked(scratch, count, rows, columns, stride, c11, ADD, c21, ADD);
    packA(scratch, a11, a12, 1, inner, rows, count);
    packB(scratch, b22, b22, 0, inner, columns, count);
    multiplyPacked(scratch, count, rows, columns, stride, c11, SUBTRACT, c12, ADD);
    packA(scratch, a21, a11, -1, inner, rows, count);
    packB(scratch, b11, b12, 1, inner, columns, count);
    multiplyPacked(scratch, count, rows, columns, stride, c22, ADD, NOWHERE, ADD);
    packA(scratch, a12, a22, -1, inner, rows, count);
    packB(scratch, b21, b22, 1, inner, columns, count);
    multiplyPacked(scratch, count, rows, columns, stride, c11, ADD, NOWHERE, ADD);
  }
  if (inner & 1)
    addLastTerm(a, bTransposed, c, inner, stride, rows, columns, downA, downC, acrossB, acrossC, scratch);
}

/** The last k of an odd inner size, which has no other half. */
function addLastTerm(
  a: usize,
  bTransposed: usize,
  c: usize,
  inner: i32,
  stride: usize,
  rows: i32,
  columns: i32,
  downA: usize,
  downC: usize,
  acrossB: usize,
  acrossC: usize,
  scratch: usize,
): void {
  const last = <usize>(inner - 1);
  for (let down: usize = 0; down < 2; down++) {
    const lastA = a + last + down * downA;
    packA(scratch, lastA, lastA, 0, inner, rows, 1);
    for (let across: usize = 0; across < 2; across++) {
      const lastB = bTransposed + last + across * acrossB;
      packB(scratch, lastB, lastB, 0, inner, columns, 1);
      const out = c + down * downC + across * acrossC;
      multiplyPacked(scratch, 1, rows, columns, stride, out, ADD, NOWHERE, ADD);
    }
  }
}

function packA(scratch: usize, x: usize, y: usize, sign: i16, stride: usize, rows: i32, count: i32): void {
  const paddedRows = ((rows + TILE_ROWS - 1) / TILE_ROWS) * TILE_ROWS;
  packRows(scratch, x, y, sign, stride, rows, count);
  clearRows(scratch + <usize>rows * PACKED_ROW_BYTES, paddedRows - rows);
}

function packB(scratch: usize, x: usize, y: usize, sign: i16, stride: usize, columns: i32, count: i32): void {
  packColumns(scratch + PACKED_A_BYTES, x, y, sign, stride, columns, count);
}

/** The product of what is packed, into one block of C or two. */
function multiplyPacked(
  scratch: usize,
  count: i32,
  rows: i32,
  columns: i32,
  stride: usize,
  c: usize,
  how: i32,
  otherC: usize,
  otherHow: i32,
): void {
  const pairs = (count + 1) >> 1;
  const packedB = scratch + PACKED_A_BYTES;
  const tile = packedB + PACKED_B_BYTES;
  const panelBytes = <usize>pairs * TILE_ROW_BYTES;
  for (let column = 0; column < columns; column += TILE_COLUMNS) {
    const panel = packedB + <usize>(column / TILE_COLUMNS) * panelBytes;
    const tileColumns = min(columns - column, TILE_COLUMNS);
    for (let row = 0; row < rows; row += TILE_ROWS) {
      const out = <usize>row * stride + <usize>column * 4;
      const tileRows = min(rows - row, TILE_ROWS);
      multiplyTile(scratch + <usize>row * PACKED_ROW_BYTES, panel, pairs, tile);
      spreadTile(tile, c + out, stride, tileRows, tileColumns, how);
      if (otherC !== NOWHERE) spreadTile(tile, otherC + out, stride, tileRows, tileColumns, otherHow);
    }
  }
}
