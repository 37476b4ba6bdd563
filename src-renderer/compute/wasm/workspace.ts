import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { AppError } from '../../../src-shared/errors';
import { u32le } from '../../../src-shared/matrix-mult/bytes';
import { matrixARow } from '../../../src-shared/matrix-mult/matrices';
import { DigestTree, levelsOf, nodesOf } from './digest-tree';
import { type Address, instantiateKernels, type Kernels } from './kernels';
import { CONTROL, type Layout, layOut, scratchOf } from './layout';
import { openTeam } from './open-team';
import type { Phase } from './phases';
import { allocate, serves } from './task-memory';
import { controlOf, type PhaseOptions, type Team } from './team';

const DIGEST_BYTES = 32;
const ROUNDS = 2;

type Opened = {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  readonly team: Team;
  readonly layout: Layout;
};

/** One task at a time in shared memory, the team that works on it, and the small steps between its phases. */
export class Workspace {
  readonly #module: WebAssembly.Module;
  readonly #threads: number;
  readonly #memoryLimitBytes: number;
  #opened: Opened | null = null;

  constructor(module: WebAssembly.Module, threads: number, memoryLimitBytes: number) {
    this.#module = module;
    this.#threads = threads;
    this.#memoryLimitBytes = memoryLimitBytes;
  }

  /**
   * Makes room for a task; what was here before is gone.
   * @param rows how many rows of C to compute, n unless it is an audit
   * @throws AppError `invalid_matrix_size` where there is not enough memory
   */
  async prepare(seed: Uint8Array, n: number, rows = n): Promise<void> {
    const layout = layOut(n, rows, this.#threads);
    const before = this.#opened;
    if (before !== null && serves(before.memory.buffer.byteLength, layout.bytes)) {
      this.#opened = { ...before, layout };
    } else {
      const memory = allocate(layout.bytes, this.#memoryLimitBytes, n);
      await before?.team.attach(memory);
      const team = before?.team ?? (await openTeam(this.#module, memory, this.#threads));
      this.#opened = { memory, kernels: instantiateKernels(this.#module, memory), team, layout };
    }
    this.#bytes(layout.seed, seed.length).set(seed);
    this.#numberRows(Array.from({ length: rows }, (_, row) => row));
    const control = controlOf(this.#open.memory, layout);
    control.fill(0);
  }

  /** Does one phase. @throws as the team's `run` */
  run(phase: Phase, options: PhaseOptions): Promise<void> {
    const { team, layout } = this.#open;
    return team.run(phase, layout, options);
  }

  /** A of the task, rows × n, in the shared memory: valid until the next task. */
  get a(): Int8Array {
    const { memory, layout } = this.#open;
    return new Int8Array(memory.buffer, layout.a, layout.rows * layout.n);
  }

  /** Bᵀ of the task, n × n, in the shared memory: valid until the next task. */
  get bTransposed(): Int8Array {
    const { memory, layout } = this.#open;
    return new Int8Array(memory.buffer, layout.bTransposed, layout.n * layout.n);
  }

  /** C of the task, rows × n, in the shared memory: valid until the next task. */
  get c(): Int32Array {
    const { memory, layout } = this.#open;
    return new Int32Array(memory.buffer, layout.c, layout.rows * layout.n);
  }

  /** Says which rows of C an audit recomputes, and generates those of A. */
  takeRows(seed: Uint8Array, rows: readonly number[]): void {
    const { n } = this.#open.layout;
    this.#numberRows(rows);
    for (const [index, row] of rows.entries()) this.a.set(matrixARow(seed, n, row), index * n);
  }

  /** The digest of a row, after `hash`. */
  digest(index: number): Uint8Array {
    return this.#bytes(this.#open.layout.digests + index * DIGEST_BYTES, DIGEST_BYTES).slice();
  }

  /** The tree over the rows' digests, after `hash`. */
  tree(): DigestTree {
    const { kernels, layout } = this.#open;
    const at = (node: number): Address => layout.digests + node * DIGEST_BYTES;
    const levels = levelsOf(layout.rows);
    for (const [height, { first, count }] of levels.entries()) {
      const above = levels[height + 1];
      if (above !== undefined) kernels.hashLevel(at(first), count, at(above.first), scratchOf(layout, 0));
    }
    const nodes = this.#bytes(layout.digests, nodesOf(layout.rows) * DIGEST_BYTES);
    return new DigestTree(nodes.slice(), layout.rows);
  }

  /** Draws the self-check's vectors, before `project` (matrix-mult-v1.md, "Self-check"). */
  drawVectors(seed: Uint8Array, root: Uint8Array): void {
    const { kernels, layout } = this.#open;
    for (let round = 0; round < ROUNDS; round++) {
      const key = layout.roundKeys + round * DIGEST_BYTES;
      const bytes = concatBytes(seed, u32le(layout.n), root, Uint8Array.of(round));
      this.#bytes(key, DIGEST_BYTES).set(sha256(bytes));
      kernels.randomVector(layout.vectors, layout.n, round, key, scratchOf(layout, 0));
    }
  }

  /** What `check` found: 0, or the bits of `checkRows`. */
  get faults(): number {
    const { memory, layout } = this.#open;
    return Atomics.load(controlOf(memory, layout), CONTROL.faults);
  }

  /** Ends the team and lets the memory go. */
  close(): void {
    this.#opened?.team.close();
    this.#opened = null;
  }

  #numberRows(rows: readonly number[]): void {
    const { memory, layout } = this.#open;
    new Uint32Array(memory.buffer, layout.rowNumbers, rows.length).set(rows);
  }

  get #open(): Opened {
    if (this.#opened === null) throw new AppError('internal', 'No task is prepared.');
    return this.#opened;
  }

  #bytes(address: Address, length: number): Uint8Array {
    return new Uint8Array(this.#open.memory.buffer, address, length);
  }
}
