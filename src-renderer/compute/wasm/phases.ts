import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { u32le } from '../../../src-shared/matrix-mult/bytes';
import { ROUNDS } from '../../../src-shared/matrix-mult/self-check';
import type { Control } from './control';
import { levelsOf, nodesOf } from './digest-tree';
import type { Address, Kernels } from './kernels';
import type { Layout } from './layout';
import { blocksOf, multiplyBlockAt } from './product-blocks';

/**
 * The parts of a task that threads share out, each in units that take a few ms at most:
 * `generate` A and B, or `generateB` alone; `multiply`; `hash` the rows of C, and the `tree` over them; then the
 * self-check, whose vectors are drawn (`draw`) before B·r (`project`) and the rows of A·(Br) and C·r (`check`).
 */
export type Phase = 'generate' | 'generateB' | 'multiply' | 'hash' | 'tree' | 'draw' | 'project' | 'check';

/** What a thread needs to work: the memory and its kernels, the control words and its scratch. */
export type Bench = {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  readonly control: Control;
  readonly scratch: Address;
};

const STREAM_BLOCK_BYTES = 64;
const BLOCKS_A_UNIT = 1024;
const ROWS_A_UNIT = 16;
const PROJECTED_A_UNIT = 128;
const DIGEST_BYTES = 32;
// First byte of the nonce (matrix-mult-v1.md, "Matrices").
const NONCES = { a: 0x41, bTransposed: 0x42 };
type Matrix = keyof typeof NONCES;

/** How many units a phase has. */
export function unitsOf(phase: Phase, layout: Layout): number {
  const { rows, inner } = layout.shape;
  switch (phase) {
    case 'generate':
      return streamUnits(layout, 'a') + streamUnits(layout, 'bTransposed');
    case 'generateB':
      return streamUnits(layout, 'bTransposed');
    case 'multiply':
      return blocksOf(layout);
    case 'hash':
    case 'check':
      return Math.ceil(rows / ROWS_A_UNIT);
    case 'project':
      return Math.ceil(inner / PROJECTED_A_UNIT);
    case 'tree':
      return 1;
    case 'draw':
      return ROUNDS;
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
  while (!control.isStopped) {
    const unit = control.takeUnit();
    if (unit >= units) return true;
    runUnit(bench, phase, layout, unit);
    if (performance.now() >= deadline) return false;
  }
  return true;
}

function runUnit(bench: Bench, phase: Phase, layout: Layout, unit: number): void {
  const unitsOfA = streamUnits(layout, 'a');
  switch (phase) {
    case 'generate':
      if (unit < unitsOfA) generate(bench, layout, 'a', unit);
      else generate(bench, layout, 'bTransposed', unit - unitsOfA);
      break;
    case 'generateB':
      generate(bench, layout, 'bTransposed', unit);
      break;
    case 'multiply':
      multiplyBlockAt(bench.kernels, layout, bench.scratch, unit);
      break;
    case 'hash':
      hash(bench, layout, unit);
      break;
    case 'tree':
      hashTree(bench, layout);
      break;
    case 'draw':
      draw(bench, layout, unit);
      break;
    case 'project':
      project(bench, layout, unit);
      break;
    case 'check':
      check(bench, layout, unit);
  }
}

function generate({ kernels }: Bench, layout: Layout, matrix: Matrix, unit: number): void {
  const first = unit * BLOCKS_A_UNIT;
  const blocks = Math.min(streamBlocks(layout, matrix) - first, BLOCKS_A_UNIT);
  const out = layout[matrix] + first * STREAM_BLOCK_BYTES;
  kernels.keyStream(out, layout.seed, NONCES[matrix], first, blocks);
}

function hash({ kernels, scratch }: Bench, layout: Layout, unit: number): void {
  const { first, count } = rowsOf(layout, unit);
  const { rowNumbers, seed, digests } = layout;
  const { columns } = layout.shape;
  const c = layout.c + 4 * first * columns;
  kernels.hashRows(c, columns, count, rowNumbers + 4 * first, seed, digests + 32 * first, scratch);
}

/** The levels above the rows' digests; so little work that one thread does it. */
function hashTree({ kernels, scratch }: Bench, { shape, digests }: Layout): void {
  const at = (node: number): Address => digests + node * DIGEST_BYTES;
  const levels = levelsOf(shape.rows);
  for (const [height, { first, count }] of levels.entries()) {
    const above = levels[height + 1];
    if (above !== undefined) kernels.hashLevel(at(first), count, at(above.first), scratch);
  }
}

/** The vector of a round (matrix-mult-v1.md, "Self-check"). */
function draw({ memory, kernels, scratch }: Bench, layout: Layout, round: number): void {
  const { rows, columns } = layout.shape;
  const bytes = (address: Address) => new Uint8Array(memory.buffer, address, DIGEST_BYTES);
  const root = bytes(layout.digests + (nodesOf(rows) - 1) * DIGEST_BYTES);
  const key = layout.roundKeys + round * DIGEST_BYTES;
  bytes(key).set(sha256(concatBytes(bytes(layout.seed), u32le(columns), root, Uint8Array.of(round))));
  kernels.randomVector(layout.vectors, layout.vectorLength, columns, round, key, scratch);
}

function project({ kernels, scratch }: Bench, layout: Layout, unit: number): void {
  const { vectors, vectorLength, bTransposed } = layout;
  const { inner, columns } = layout.shape;
  kernels.timesB(vectors, vectorLength, bTransposed, inner, columns, unit * PROJECTED_A_UNIT, scratch);
}

function check({ kernels, control }: Bench, layout: Layout, unit: number): void {
  const { first, count } = rowsOf(layout, unit);
  const { vectors, vectorLength } = layout;
  const { inner, columns } = layout.shape;
  const [a, c] = [layout.a + first * inner, layout.c + 4 * first * columns];
  control.addFaults(kernels.checkRows(vectors, vectorLength, a, c, inner, columns, count));
}

/** The rows of one unit of `hash` and `check`. */
function rowsOf({ shape }: Layout, unit: number): { first: number; count: number } {
  const first = unit * ROWS_A_UNIT;
  return { first, count: Math.min(shape.rows - first, ROWS_A_UNIT) };
}

function streamUnits(layout: Layout, matrix: Matrix): number {
  return Math.ceil(streamBlocks(layout, matrix) / BLOCKS_A_UNIT);
}

/** Blocks of the key stream that fill a matrix. */
function streamBlocks({ shape }: Layout, matrix: Matrix): number {
  const vectors = matrix === 'a' ? shape.rows : shape.columns;
  return Math.ceil((vectors * shape.inner) / STREAM_BLOCK_BYTES);
}
