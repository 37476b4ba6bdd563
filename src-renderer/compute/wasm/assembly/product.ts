import { clearRows, packColumns, packRows } from './pack';
import { multiplyTile, PACKED_ROW_BYTES, TILE_COLUMNS, TILE_ROWS } from './tile';

/** k of one pass: what is packed for it stays in the second-level cache. */
const PASS = 1024;
/** Most rows of one block; a multiple of `TILE_ROWS`. */
const BLOCK_ROWS = 192;
/** Most columns of one block; a multiple of `TILE_COLUMNS`. */
const BLOCK_COLUMNS = 96;

const PACKED_A_BYTES: usize = BLOCK_ROWS * PACKED_ROW_BYTES;
const PACKED_B_BYTES: usize = BLOCK_COLUMNS * PASS * 2;
const TILE_STRIDE: usize = TILE_COLUMNS * 4;

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
  const packedB = scratch + PACKED_A_BYTES;
  const tile = packedB + PACKED_B_BYTES;
  const paddedRows = ((rows + TILE_ROWS - 1) / TILE_ROWS) * TILE_ROWS;
  for (let from = 0; from < inner; from += PASS) {
    const count = min(inner - from, PASS);
    packRows(scratch, a + from, inner, rows, count);
    clearRows(scratch + <usize>rows * PACKED_ROW_BYTES, paddedRows - rows);
    packColumns(packedB, bTransposed + from, inner, columns, count);
    multiplyPacked(scratch, packedB, (count + 1) >> 1, c, columnsOfC * 4, rows, columns, from > 0, tile);
  }
}

function multiplyPacked(
  packedA: usize,
  packedB: usize,
  pairs: i32,
  c: usize,
  stride: usize,
  rows: i32,
  columns: i32,
  adds: bool,
  tile: usize,
): void {
  const panelBytes = <usize>pairs * TILE_STRIDE;
  for (let column = 0; column < columns; column += TILE_COLUMNS) {
    const panel = packedB + <usize>(column / TILE_COLUMNS) * panelBytes;
    const tileColumns = min(columns - column, TILE_COLUMNS);
    for (let row = 0; row < rows; row += TILE_ROWS) {
      const packed = packedA + <usize>row * PACKED_ROW_BYTES;
      const out = c + <usize>row * stride + <usize>column * 4;
      const tileRows = min(rows - row, TILE_ROWS);
      if (tileRows === TILE_ROWS && tileColumns === TILE_COLUMNS) {
        multiplyTile(packed, panel, pairs, out, stride, adds);
        continue;
      }
      multiplyTile(packed, panel, pairs, tile, TILE_STRIDE, false);
      copyTile(tile, out, stride, tileRows, tileColumns, adds);
    }
  }
}

/** The part of a tile that is inside C. */
function copyTile(tile: usize, c: usize, stride: usize, rows: i32, columns: i32, adds: bool): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const out = c + <usize>row * stride + <usize>column * 4;
      const sum = load<i32>(tile + <usize>row * TILE_STRIDE + <usize>column * 4);
      store<i32>(out, adds ? sum + load<i32>(out) : sum);
    }
  }
}
