import type { Kernels } from './kernels';
import type { Layout } from './layout';

// What `multiplyBlock` takes at most, and the tile that blocks are whole multiples of. A block of quarters is seven.
const MOST_ROWS = 192;
const MOST_ROWS_OF_QUARTERS = 96;
const MOST_COLUMNS = 96;
const TILE_ROWS = 3;
const TILE_COLUMNS = 12;
// Blocks are made smaller until each thread has so many, that none waits long for another at the end.
const UNITS_A_THREAD = 12;
const LEAST_ROWS = 48;
// Below, what seven products save of eight is less than what their sums cost.
const LEAST_QUARTERED = 256;

/** A rectangle of C cut into blocks of nearly one size. */
type Grid = {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly down: number;
  readonly across: number;
  /** Whether each block stands for four, one in each quarter of C. */
  readonly quartered: boolean;
};

type Block = Pick<Grid, 'row' | 'column' | 'rows' | 'columns'>;

/** How many blocks C is computed in. */
export function blocksOf(layout: Layout): number {
  return gridsOf(layout).reduce((sum, { down, across }) => sum + down * across, 0);
}

/** Computes one of them; those of the same rows follow each other. */
export function multiplyBlockAt(kernels: Kernels, layout: Layout, scratch: number, unit: number): void {
  let rest = unit;
  for (const grid of gridsOf(layout)) {
    const blocks = grid.down * grid.across;
    if (rest < blocks) {
      multiply(kernels, layout, scratch, grid, rest);
      return;
    }
    rest -= blocks;
  }
}

/** C in quarters where it is large, and what is left of odd sizes as a row and a column of their own; else as a whole. */
function gridsOf({ shape, threads }: Layout): Grid[] {
  const { rows, columns } = shape;
  if (Math.min(rows, shape.inner, columns) < LEAST_QUARTERED) {
    return [cut({ row: 0, column: 0, rows, columns }, threads, false)];
  }
  const half = { rows: rows >> 1, columns: columns >> 1 };
  const grids = [cut({ row: 0, column: 0, ...half }, threads, true)];
  if (rows % 2 === 1) grids.push(cut({ row: rows - 1, column: 0, rows: 1, columns }, threads, false));
  const left = { row: 0, column: columns - 1, rows: 2 * half.rows, columns: 1 };
  if (columns % 2 === 1) grids.push(cut(left, threads, false));
  return grids;
}

function cut(area: Block, threads: number, quartered: boolean): Grid {
  const across = Math.ceil(area.columns / MOST_COLUMNS);
  let most = quartered ? MOST_ROWS_OF_QUARTERS : MOST_ROWS;
  while (most > LEAST_ROWS && Math.ceil(area.rows / most) * across < UNITS_A_THREAD * threads) most /= 2;
  return { ...area, down: Math.ceil(area.rows / most), across, quartered };
}

function multiply(kernels: Kernels, layout: Layout, scratch: number, grid: Grid, index: number): void {
  const { shape, a, bTransposed, c } = layout;
  const block = blockAt(grid, index);
  const { row, column, rows, columns } = block;
  if (rows === 0 || columns === 0) return;
  const at = [
    a + row * shape.inner,
    bTransposed + column * shape.inner,
    c + 4 * (row * shape.columns + column),
  ] as const;
  if (!grid.quartered) {
    kernels.multiplyBlock(...at, shape.inner, shape.columns, rows, columns, scratch);
    return;
  }
  const [downA, downC] = [grid.rows * shape.inner, 4 * grid.rows * shape.columns];
  const [acrossB, acrossC] = [grid.columns * shape.inner, 4 * grid.columns];
  const quarters = [downA, downC, acrossB, acrossC] as const;
  kernels.multiplyQuarters(...at, shape.inner, shape.columns, rows, columns, ...quarters, scratch);
}

function blockAt(grid: Grid, index: number): Block {
  const down = Math.floor(index / grid.across);
  const across = index % grid.across;
  const top = edge(grid.rows, grid.down, down, TILE_ROWS);
  const left = edge(grid.columns, grid.across, across, TILE_COLUMNS);
  return {
    row: grid.row + top,
    column: grid.column + left,
    rows: edge(grid.rows, grid.down, down + 1, TILE_ROWS) - top,
    columns: edge(grid.columns, grid.across, across + 1, TILE_COLUMNS) - left,
  };
}

/** Where block `index` of `blocks` begins: whole tiles, shared out as evenly as they can be. */
function edge(size: number, blocks: number, index: number, tile: number): number {
  return Math.min(size, Math.ceil((Math.ceil(size / tile) * index) / blocks) * tile);
}
