import { KERNEL_NAMES, type KernelName } from '../../../src-shared/ipc/kernel-choice';
import type { Shape } from '../../../src-shared/matrix-mult/shape';
import dp4aTiled from './dp4a-tiled.wgsl?raw';
import f32Tiled from './f32-tiled.wgsl?raw';
import registers from './registers.wgsl?raw';
import { expandTemplate } from './template';

/** A kernel for one shape: its code, and the layout its buffers must have. */
export type Kernel = {
  readonly name: KernelName;
  readonly code: string;
  readonly shape: Shape;
  /** Rows that A is padded to with zeros. */
  readonly paddedRows: number;
  /** Columns that B is padded to with zeros; also the row stride of C. */
  readonly paddedColumns: number;
  /** 32-bit words of one row of A or column of B, padded with zeros. */
  readonly words: number;
  /** Rows and columns of C that one workgroup computes. */
  readonly tile: number;
  /** Rows of C in one buffer, a multiple of `tile`; the last band may have fewer. */
  readonly bandRows: number;
};

/** How a variant cuts the product up. */
type Cut = {
  readonly template: string;
  /** Rows and columns of C a thread computes. */
  readonly perThread: number;
  /** Threads of a workgroup, each way. */
  readonly threads: number;
  /** Words of k brought into workgroup memory at a time; 1 where there is none. */
  readonly kWords: number;
};

// f32 sums are exact for 1024 terms of at most 2^14.
const EXACT_WORDS = 1024 / 4;
// A band of C is this high: its tiles share columns of B, and it bounds what is read back at a time.
const BAND_ROWS = 512;

const CUTS: Readonly<Record<KernelName, Cut>> = {
  registers: { template: registers, perThread: 8, threads: 4, kWords: 1 },
  'f32-tiled': { template: f32Tiled, perThread: 4, threads: 16, kWords: 8 },
  'dp4a-tiled': { template: dp4aTiled, perThread: 4, threads: 16, kWords: 16 },
};

/**
 * The variants worth timing on an adapter. On a software one workgroup memory is a loss (on SwiftShader the tiled
 * variants were four times slower, and took seconds to compile), so there only the register variant is.
 */
export function kernelsFor(
  software: boolean,
  languageFeatures: { has(feature: string): boolean },
): KernelName[] {
  if (software) return ['registers'];
  const packed = languageFeatures.has('packed_4x8_integer_dot_product');
  return KERNEL_NAMES.filter((name) => packed || name !== 'dp4a-tiled');
}

/** Writes a variant out for matrices of a shape. */
export function generateKernel(name: KernelName, shape: Shape): Kernel {
  const { template, perThread, threads, kWords } = CUTS[name];
  const tile = perThread * threads;
  const paddedRows = roundUp(shape.rows, tile);
  const paddedColumns = roundUp(shape.columns, tile);
  const words = roundUp(Math.ceil(shape.inner / 4), kWords);
  const bandRows = Math.min(paddedRows, BAND_ROWS);
  const invocations = threads * threads;
  const code = expandTemplate(template, {
    ROWS: perThread,
    COLUMNS: perThread,
    THREADS_X: threads,
    THREADS_Y: threads,
    TILE: tile,
    K_WORDS: kWords,
    TILE_WORDS: tile * kWords,
    LOADS: (tile * kWords) / invocations,
    LOAD_LINES: invocations / kWords,
    WORDS: words,
    CHUNK_WORDS: EXACT_WORDS,
    A_WORDS: paddedRows * words,
    B_WORDS: paddedColumns * words,
    C_WORDS: bandRows * paddedColumns,
    STRIDE: paddedColumns,
  });
  return { name, code, shape, paddedRows, paddedColumns, words, tile, bandRows };
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
