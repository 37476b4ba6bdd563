import { AppError } from '../../src-shared/errors';
import { assertMatrixSize } from '../../src-shared/matrix-mult/matrix-size';
import type { ProductEngine } from './engine';
import { stopwatch } from './stopwatch';
import type { Task, TaskEngine, TaskOptions, TaskResult } from './task-engine';
import { compileKernels } from './wasm/kernels';
import { defaultThreads } from './wasm/open-team';
import type { Phase } from './wasm/phases';
import { defaultMemoryLimit } from './wasm/task-memory';
import { Workspace } from './wasm/workspace';

export type CpuEngineOptions = {
  /** Threads to work on: as many as the machine has cores, at most 16, unless given. */
  readonly threads?: number;
  /** Most memory a task may take, bytes: half of the machine's, at most 4 GiB, unless given. */
  readonly memoryLimitBytes?: number;
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
  readonly #workspace: Workspace;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Compiles the kernels; threads start with the first task. */
  static async open({ threads, memoryLimitBytes }: CpuEngineOptions = {}): Promise<CpuEngine> {
    const limit = memoryLimitBytes ?? defaultMemoryLimit();
    return new CpuEngine(new Workspace(await compileKernels(), threads ?? defaultThreads(), limit));
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
      await this.#workspace.run(phase, { signal, onProgress: within(phase, onProgress) });
    } catch (error) {
      // A thread that failed leaves the others at work: none of them may see the next task.
      if (!signal.aborted) this.close();
      throw error;
    }
  }

  /** The memory holds one task: the next waits until the one before is done or has ended. */
  #inTurn<T>(job: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(job);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Tells a phase's share done as the task's. */
function within(phase: Phase, onProgress: TaskOptions['onProgress']): TaskOptions['onProgress'] {
  const [from, to] = SHARES[phase];
  return (done) => onProgress(from + (to - from) * done);
}

function checkFailed(engine: TaskEngine['name'], why: 'range' | 'product'): AppError {
  return new AppError(
    'self_check_failed',
    `The ${engine} engine's product is wrong (${why}); it was not used.`,
    { remedy: 'run_doctor', retryable: true, params: { engine, why } },
  );
}
