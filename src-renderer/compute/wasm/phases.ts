import type { Kernels } from './kernels';
import { CONTROL, type Layout } from './layout';

/**
 * The parts of a task that threads share out, each in units that take a few ms at most:
 * `generate` A and B, or `generateB` alone; `multiply`; `hash` the rows of C; then the self-check, which is B·r
 * (`project`) and the rows of A·(Br) and C·r (`check`).
 */
export type Phase = 'generate' | 'generateB' | 'multiply' | 'hash' | 'project' | 'check';

/** What a thread needs to work: its kernels, the control words and its scratch. */
export type Bench = {
  readonly kernels: Kernels;
  readonly control: Int32Array;
  readonly scratch: number;
};

const STREAM_BLOCK_BYTES = 64;
const BLOCKS_A_UNIT = 1024;
// The largest block `multiplyBlock` takes.
const PRODUCT_ROWS = 192;
const PRODUCT_COLUMNS = 96;
const ROWS_A_UNIT = 16;
const PROJECTED_A_UNIT = 128;
// First byte of the nonce (matrix-mult-v1.md, "Matrices").
const NONCES = { a: 0x41, bTransposed: 0x42 };

/** How many units a phase has. */
export function unitsOf(phase: Phase, { n, rows }: Layout): number {
  switch (phase) {
    case 'generate':
      return 2 * streamUnits(n);
    case 'generateB':
      return streamUnits(n);
    case 'multiply':
      return Math.ceil(rows / PRODUCT_ROWS) * Math.ceil(n / PRODUCT_COLUMNS);
    case 'hash':
    case 'check':
      return Math.ceil(rows / ROWS_A_UNIT);
    case 'project':
      return Math.ceil(n / PROJECTED_A_UNIT);
  }
}

/**
 * Takes units and does them until there are none, the phase is stopped, or the time is up.
 * @param deadline of `performance.now()`
 * @returns whether none is left to take
 */
export function runUnits(bench: Bench, phase: Phase, layout: Layout, deadline: number): boolean {
  const { control } = bench;
  const units = unitsOf(phase, layout);
  while (Atomics.load(control, CONTROL.stop) === 0) {
    const unit = Atomics.add(control, CONTROL.nextUnit, 1);
    if (unit >= units) return true;
    runUnit(bench, phase, layout, unit);
    if (performance.now() >= deadline) return false;
  }
  return true;
}

function runUnit(bench: Bench, phase: Phase, layout: Layout, unit: number): void {
  const units = streamUnits(layout.n);
  switch (phase) {
    case 'generate':
      generate(bench, layout, unit < units ? 'a' : 'bTransposed', unit % units);
      break;
    case 'generateB':
      generate(bench, layout, 'bTransposed', unit);
      break;
    case 'multiply':
      multiply(bench, layout, unit);
      break;
    case 'hash':
      hash(bench, layout, unit);
      break;
    case 'project':
      project(bench, layout, unit);
      break;
    case 'check':
      check(bench, layout, unit);
  }
}

function generate({ kernels }: Bench, layout: Layout, matrix: 'a' | 'bTransposed', unit: number): void {
  const first = unit * BLOCKS_A_UNIT;
  const blocks = Math.min(Math.ceil(layout.n ** 2 / STREAM_BLOCK_BYTES) - first, BLOCKS_A_UNIT);
  const out = layout[matrix] + first * STREAM_BLOCK_BYTES;
  kernels.keyStream(out, layout.seed, NONCES[matrix], first, blocks);
}

/** One block of C; blocks of the same rows follow each other. */
function multiply({ kernels, scratch }: Bench, { n, rows, a, bTransposed, c }: Layout, unit: number): void {
  const blocksAcross = Math.ceil(n / PRODUCT_COLUMNS);
  const row = Math.floor(unit / blocksAcross) * PRODUCT_ROWS;
  const column = (unit % blocksAcross) * PRODUCT_COLUMNS;
  kernels.multiplyBlock(
    a + row * n,
    bTransposed + column * n,
    c + 4 * (row * n + column),
    n,
    n,
    Math.min(rows - row, PRODUCT_ROWS),
    Math.min(n - column, PRODUCT_COLUMNS),
    scratch,
  );
}

function hash({ kernels, scratch }: Bench, layout: Layout, unit: number): void {
  const { first, count } = rowsOf(layout, unit);
  const { n, rowNumbers, seed, digests } = layout;
  const c = layout.c + 4 * first * n;
  kernels.hashRows(c, n, count, rowNumbers + 4 * first, seed, digests + 32 * first, scratch);
}

function project({ kernels, scratch }: Bench, { vectors, bTransposed, n }: Layout, unit: number): void {
  kernels.timesB(vectors, bTransposed, n, unit * PROJECTED_A_UNIT, scratch);
}

function check({ kernels, control }: Bench, layout: Layout, unit: number): void {
  const { first, count } = rowsOf(layout, unit);
  const { n, vectors, a, c } = layout;
  const faults = kernels.checkRows(vectors, a + first * n, c + 4 * first * n, n, count);
  Atomics.or(control, CONTROL.faults, faults);
}

/** The rows of one unit of `hash` and `check`. */
function rowsOf({ rows }: Layout, unit: number): { first: number; count: number } {
  const first = unit * ROWS_A_UNIT;
  return { first, count: Math.min(rows - first, ROWS_A_UNIT) };
}

/** Units that generate one matrix. */
function streamUnits(n: number): number {
  return Math.ceil((n * n) / (STREAM_BLOCK_BYTES * BLOCKS_A_UNIT));
}
