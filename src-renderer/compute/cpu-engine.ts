import { matrixARow } from '../../src-shared/matrix-mult/matrices';
import { assertShape, isSmall, type Shape } from '../../src-shared/matrix-mult/shape';
import type { ProductEngine, ProductRequest } from './engine';
import { Pacer } from './pacer';
import { checkFailed } from './self-check-failed';
import { stopwatch } from './stopwatch';
import type { Task, TaskEngine, TaskOptions, TaskResult } from './task-engine';
import { transpose } from './transpose';
import { compileKernels } from './wasm/kernels';
import { defaultThreads } from './wasm/open-team';
import type { Phase } from './wasm/phases';
import { defaultMemoryLimit } from './wasm/task-memory';
import { type PhaseTimes, Workspace } from './wasm/workspace';

export type CpuEngineOptions = {
  /** Threads to work on where the pace has no cap: as many as the machine has cores, at most 16, unless given. */
  readonly threads?: number;
  /** Most memory a task may take, bytes: half of the machine's, at most 4 GiB, unless given. */
  readonly memoryLimitBytes?: number;
  /** Full power unless given. */
  readonly pacer?: Pacer;
};

/** Where each phase begins and ends in the share done; the product is nearly all of a large task. */
const SHARES: Record<Phase, readonly [from: number, to: number]> = {
  generate: [0, 0.04],
  generateB: [0, 0.04],
  multiply: [0.04, 0.84],
  hash: [0.84, 0.96],
  tree: [0.96, 0.96],
  draw: [0.96, 0.96],
  project: [0.96, 0.98],
  check: [0.98, 1],
};

const COMMIT_AND_CHECK = ['hash', 'tree', 'draw', 'project', 'check'] as const;

const OUT_OF_RANGE = 1;

/**
 * Whole tasks on this machine's processor, one at a time: WebAssembly SIMD on all cores, or on this thread alone where
 * threads would wait for each other longer than they work.
 */
export class CpuEngine implements TaskEngine {
  readonly name = 'cpu';
  readonly #openWorkspace: (threads: number) => Workspace;
  readonly #threads: number;
  readonly #pacer: Pacer;
  /** Shared by all threads. */
  #large: Workspace;
  #largeThreads: number;
  readonly #small: Workspace;
  /** Of the task in hand. */
  #workspace: Workspace;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(openWorkspace: (threads: number) => Workspace, threads: number, pacer: Pacer) {
    this.#openWorkspace = openWorkspace;
    this.#threads = threads;
    this.#pacer = pacer;
    this.#large = openWorkspace(threads);
    this.#largeThreads = threads;
    this.#small = openWorkspace(1);
    this.#workspace = this.#large;
  }

  /** Compiles the kernels; threads start with the first task. */
  static async open({ threads, memoryLimitBytes, pacer }: CpuEngineOptions = {}): Promise<CpuEngine> {
    const limit = memoryLimitBytes ?? defaultMemoryLimit();
    const kernels = await compileKernels();
    const openWorkspace = (count: number) => new Workspace(kernels, count, limit);
    return new CpuEngine(openWorkspace, threads ?? defaultThreads(), pacer ?? new Pacer());
  }

  compute(task: Task, options: TaskOptions): Promise<TaskResult> {
    return this.#inTurn(() => this.#compute(task, options, null));
  }

  /** An engine that has another one multiply, and leaves the rest of a task to this one. */
  withProduct(product: ProductEngine): TaskEngine {
    return {
      name: product.name,
      compute: (task, options) => this.#inTurn(() => this.#compute(task, options, product)),
    };
  }

  /** The matrices of a task and their product, for comparing others with. @throws as `compute` */
  product(task: Task, options: TaskOptions): Promise<ProductRequest & { readonly c: Int32Array }> {
    return this.#inTurn(async () => {
      const phases = await this.#prepare(task);
      await this.#run([...phases, 'multiply'], options);
      const { a, bTransposed, c } = this.#workspace;
      return { shape: task.shape, a: a.slice(), bTransposed: bTransposed.slice(), c: c.slice() };
    });
  }

  /**
   * Recomputes rows of C, as a sampled audit does.
   * @returns their digests, 32 bytes each, in the order asked for @throws as `compute`
   */
  rowDigests(
    { seed, shape, given }: Task,
    rows: readonly number[],
    options: TaskOptions,
  ): Promise<Uint8Array[]> {
    return this.#inTurn(async () => {
      assertShape(shape);
      const workspace = this.#choose({ ...shape, rows: rows.length });
      await workspace.prepare(seed, { ...shape, rows: rows.length });
      workspace.numberRows(rows);
      const { inner } = shape;
      const rowOf = (row: number) =>
        given === null ? matrixARow(seed, inner, row) : given.a.subarray(row * inner, (row + 1) * inner);
      for (const [index, row] of rows.entries()) workspace.a.set(rowOf(row), index * inner);
      if (given !== null) transpose(given.b, inner, shape.columns, workspace.bTransposed);
      const generate = given === null ? (['generateB'] as const) : [];
      await this.#run([...generate, 'multiply', 'hash'], options);
      return rows.map((_, index) => workspace.digest(index));
    });
  }

  /** Ends the threads and lets the memory go; the next task starts them anew. */
  close(): void {
    this.#large.close();
    this.#small.close();
  }

  async #compute(task: Task, options: TaskOptions, product: ProductEngine | null): Promise<TaskResult> {
    const watch = stopwatch();
    const phases = await this.#prepare(task);
    const prepareMs = watch();
    let times: PhaseTimes;
    if (product === null) {
      times = await this.#run([...phases, 'multiply', ...COMMIT_AND_CHECK], options);
    } else {
      const before = await this.#run(phases, options);
      watch();
      await this.#takeProduct(product, task.shape, options);
      const multiply = watch();
      times = { ...before, multiply, ...(await this.#run(COMMIT_AND_CHECK, options)) };
    }
    const { faults, tree: commitment, c } = this.#workspace;
    if (faults !== 0)
      throw checkFailed(product?.name ?? this.name, faults & OUT_OF_RANGE ? 'range' : 'product');
    const wanted = task.wantsProduct ? c.slice() : null;
    return { commitment, product: wanted, timings: timingsOf(times, prepareMs) };
  }

  /** Makes room for a task, and takes its matrices where they are given. @returns the phases that generate them if not */
  async #prepare({ seed, shape, given }: Task): Promise<Phase[]> {
    assertShape(shape);
    const workspace = this.#choose(shape);
    await workspace.prepare(seed, shape);
    if (given === null) return ['generate'];
    workspace.a.set(given.a);
    transpose(given.b, shape.inner, shape.columns, workspace.bTransposed);
    return [];
  }

  async #takeProduct(
    product: ProductEngine,
    shape: Shape,
    { signal, onProgress }: TaskOptions,
  ): Promise<void> {
    const { a, bTransposed, c } = this.#workspace;
    const request = { shape, a, bTransposed };
    c.set(await product.multiply(request, { signal, onProgress: within('multiply', onProgress) }));
  }

  async #run(phases: readonly Phase[], { signal, onProgress }: TaskOptions): Promise<PhaseTimes> {
    if (phases.length === 0) return {};
    try {
      return await this.#workspace.run(phases, {
        signal,
        onProgress: (phase, done) => within(phase, onProgress)(done),
        pacer: this.#pacer,
      });
    } catch (error) {
      // A thread that failed leaves the others at work: none of them may see the next task.
      if (!signal.aborted) this.close();
      throw error;
    }
  }

  /** Other threads work from the next task on where the pace has another cap. */
  #fitThreads(): void {
    const threads = Math.min(this.#pacer.pace.threads ?? this.#threads, this.#threads);
    if (threads === this.#largeThreads) return;
    this.#large.close();
    this.#large = this.#openWorkspace(threads);
    this.#largeThreads = threads;
  }

  #choose(shape: Shape): Workspace {
    this.#workspace = isSmall(shape) ? this.#small : this.#large;
    return this.#workspace;
  }

  /** The memory holds one task: the next waits until the one before is done or has ended. */
  #inTurn<T>(job: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => {
      this.#fitThreads();
      return job();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Tells a phase's share done as the task's. */
function within(phase: Phase, onProgress: TaskOptions['onProgress']): TaskOptions['onProgress'] {
  const [from, to] = SHARES[phase];
  return (done) => onProgress(from + (to - from) * done);
}

function timingsOf(times: PhaseTimes, prepareMs: number): TaskResult['timings'] {
  const { generate = 0, multiply = 0, hash = 0, tree = 0, draw = 0, project = 0, check = 0 } = times;
  return {
    generateMs: prepareMs + generate,
    multiplyMs: multiply,
    commitMs: hash + tree,
    selfCheckMs: draw + project + check,
  };
}
