/** Rows to render, from `first` up to but not including `end`. */
export type RowRange = { readonly first: number; readonly end: number };

const OVERSCAN_ROWS = 4;
const STEP_ROWS = 50;

/** The rows in sight and a few around them. Lengths are CSS pixels. */
export function rowRange(scrollTop: number, height: number, rowHeight: number, total: number): RowRange {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - OVERSCAN_ROWS);
  const end = Math.ceil((scrollTop + height) / rowHeight) + OVERSCAN_ROWS;
  return { first: Math.min(first, total), end: Math.min(end, total) };
}

/** Where the fetched window should start so that `first` and a step before it are inside. */
export function windowOffset(first: number): number {
  return Math.max(0, Math.floor(first / STEP_ROWS) - 1) * STEP_ROWS;
}
