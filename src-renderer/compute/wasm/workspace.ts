import { AppError } from '../../../src-shared/errors';
import type { Shape } from '../../../src-shared/matrix-mult/shape';
import { Control, clock } from './control';
import { DigestTree, nodesOf } from './digest-tree';
import type { Address } from './kernels';
import { type Layout, layOut } from './layout';
import { openTeam } from './open-team';
import type { Phase } from './phases';
import { allocate, serves } from './task-memory';
import type { PhaseOptions, Team } from './team';

const DIGEST_BYTES = 32;

/** How long phases took, ms. */
export type PhaseTimes = { readonly [P in Phase]?: number };

type Opened = {
  readonly memory: WebAssembly.Memory;
  readonly team: Team;
  readonly layout: Layout;
};

/** One task at a time in shared memory, and the team that works on it. */
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
   * @param shape of what is computed here: an audit's has only the rows it recomputes
   * @throws AppError `invalid_matrix_size` where there is not enough memory
   */
  async prepare(seed: Uint8Array, shape: Shape): Promise<void> {
    const layout = layOut(shape, this.#threads);
    const before = this.#opened;
    if (before !== null && serves(before.memory.buffer.byteLength, layout.bytes)) {
      this.#opened = { ...before, layout };
    } else {
      const memory = allocate(layout.bytes, this.#memoryLimitBytes, shape);
      await before?.team.attach(memory);
      const team = before?.team ?? (await openTeam(this.#module, memory, this.#threads));
      this.#opened = { memory, team, layout };
    }
    this.#bytes(layout.seed, seed.length).set(seed);
    this.numberRows(Array.from({ length: shape.rows }, (_, row) => row));
    this.#control.clear();
  }

  /** Does phases one after the other. @throws as the team's `run` */
  async run(phases: readonly Phase[], options: PhaseOptions): Promise<PhaseTimes> {
    const { team, layout } = this.#open;
    const startedAt = clock();
    await team.run(phases, layout, options);
    const durations = this.#control.durations(phases.length, startedAt);
    return Object.fromEntries(phases.map((phase, index) => [phase, durations[index]]));
  }

  /** A of the task, rows × inner, in the shared memory: valid until the next task. */
  get a(): Int8Array {
    const { memory, layout } = this.#open;
    return new Int8Array(memory.buffer, layout.a, layout.shape.rows * layout.shape.inner);
  }

  /** Bᵀ of the task, columns × inner, in the shared memory: valid until the next task. */
  get bTransposed(): Int8Array {
    const { memory, layout } = this.#open;
    return new Int8Array(memory.buffer, layout.bTransposed, layout.shape.columns * layout.shape.inner);
  }

  /** C of the task, rows × columns, in the shared memory: valid until the next task. */
  get c(): Int32Array {
    const { memory, layout } = this.#open;
    return new Int32Array(memory.buffer, layout.c, layout.shape.rows * layout.shape.columns);
  }

  /** Says which rows of C are computed here, where it is not all of them. */
  numberRows(rows: readonly number[]): void {
    const { memory, layout } = this.#open;
    new Uint32Array(memory.buffer, layout.rowNumbers, rows.length).set(rows);
  }

  /** The digest of a row, after `hash`. */
  digest(index: number): Uint8Array {
    return this.#bytes(this.#open.layout.digests + index * DIGEST_BYTES, DIGEST_BYTES).slice();
  }

  /** The tree over the rows' digests, after `tree`. */
  get tree(): DigestTree {
    const { digests, shape } = this.#open.layout;
    const { rows } = shape;
    return new DigestTree(this.#bytes(digests, nodesOf(rows) * DIGEST_BYTES).slice(), rows);
  }

  /** What `check` found: 0, or the bits of `checkRows`. */
  get faults(): number {
    return this.#control.faults;
  }

  /** Ends the team and lets the memory go. */
  close(): void {
    this.#opened?.team.close();
    this.#opened = null;
  }

  get #control(): Control {
    const { memory, layout } = this.#open;
    return new Control(memory, layout.control);
  }

  get #open(): Opened {
    if (this.#opened === null) throw new AppError('internal', 'No task is prepared.');
    return this.#opened;
  }

  #bytes(address: Address, length: number): Uint8Array {
    return new Uint8Array(this.#open.memory.buffer, address, length);
  }
}
