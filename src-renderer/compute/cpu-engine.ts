import { assertMatrixSize } from '../../src-shared/matrix-mult/matrix-size';
import type { ProductEngine, ProductRequest } from './engine';
import { Pacer } from './pacer';
import { checkFailed } from './self-check-failed';
import { stopwatch } from './stopwatch';
import type { Task, TaskEngine, TaskOptions, TaskResult } from './task-engine';
import { compileKernels } from './wasm/kernels';
import { defaultThreads } from './wasm/open-team';
import type { Phase } from './wasm/phases';
import { defaultMemoryLimit } from './wasm/task-memory';
import { Workspace } from './wasm/workspace';

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
  project: [0.96, 0.98],
  check: [0.98, 1],
};

const OUT_OF_RANGE = 1;

/** Whole tasks on this machine's processor: WebAssembly SIMD on all cores, one task at a time. */
export class CpuEngine implements TaskEngine {
  readonly name = 'cpu';
  readonly #openWorkspace: (threads: number) => Workspace;
  readonly #threads: number;
  readonly #pacer: Pacer;
  #workspace: Workspace;
  #workspaceThreads: number;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(openWorkspace: (threads: number) => Workspace, threads: number, pacer: Pacer) {
    this.#openWorkspace = openWorkspace;
    this.#threads = threads;
    this.#pacer = pacer;
    this.#workspace = openWorkspace(threads);
    this.#workspaceThreads = threads;
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
  product({ seed, n }: Task, options: TaskOptions): Promise<ProductRequest & { readonly c: Int32Array }> {
    return this.#inTurn(async () => {
      assertMatrixSize(n);
      await this.#workspace.prepare(seed, n);
      for (const phase of ['generate', 'multiply'] as const) await this.#run(phase, options);
      const { a, bTransposed, c } = this.#workspace;
      return { n, a: a.slice(), bTransposed: bTransposed.slice(), c: c.slice() };
    });
  }

  /**
   * Recomputes rows of C, as a sampled audit does.
   * @returns their digests, 32 bytes each, in the order asked for @throws as `compute`
   */
  rowDigests({ seed, n }: Task, rows: readonly number[], options: TaskOptions): Promise<Uint8Array[]> {
    return this.#inTurn(async () => {
      assertMatrixSize(n);
      await this.#workspace.prepare(seed, n, rows.length);
      this.#workspace.takeRows(seed, rows);
      for (const phase of ['generateB', 'multiply', 'hash'] as const) await this.#run(phase, options);
      return rows.map((_, index) => this.#workspace.digest(index));
    });
  }

  /** Ends the threads and lets the memory go; the next task starts them anew. */
  close(): void {
    this.#workspace.close();
  }

  async #compute(
    { seed, n }: Task,
    options: TaskOptions,
    product: ProductEngine | null,
  ): Promise<TaskResult> {
    assertMatrixSize(n);
    const workspace = this.#workspace;
    const watch = stopwatch();
    await workspace.prepare(seed, n);
    await this.#run('generate', options);
    const generateMs = watch();
    if (product === null) await this.#run('multiply', options);
    else await this.#takeProduct(product, n, options);
    const multiplyMs = watch();
    await this.#run('hash', options);
    const commitment = workspace.tree();
    const commitMs = watch();
    workspace.drawVectors(seed, commitment.root);
    await this.#run('project', options);
    await this.#run('check', options);
    const { faults } = workspace;
    if (faults !== 0)
      throw checkFailed(product?.name ?? this.name, faults & OUT_OF_RANGE ? 'range' : 'product');
    const selfCheckMs = watch();
    return { commitment, timings: { generateMs, multiplyMs, commitMs, selfCheckMs } };
  }

  async #takeProduct(product: ProductEngine, n: number, { signal, onProgress }: TaskOptions): Promise<void> {
    const { a, bTransposed, c } = this.#workspace;
    c.set(
      await product.multiply({ n, a, bTransposed }, { signal, onProgress: within('multiply', onProgress) }),
    );
  }

  async #run(phase: Phase, { signal, onProgress }: TaskOptions): Promise<void> {
    try {
      const pacer = this.#pacer;
      await this.#workspace.run(phase, { signal, onProgress: within(phase, onProgress), pacer });
    } catch (error) {
      // A thread that failed leaves the others at work: none of them may see the next task.
      if (!signal.aborted) this.close();
      throw error;
    }
  }

  /** Other threads work from the next task on where the pace has another cap. */
  #fitThreads(): void {
    const threads = Math.min(this.#pacer.pace.threads ?? this.#threads, this.#threads);
    if (threads === this.#workspaceThreads) return;
    this.#workspace.close();
    this.#workspace = this.#openWorkspace(threads);
    this.#workspaceThreads = threads;
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
