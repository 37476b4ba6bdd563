import type { AdapterInfo } from '../../src-shared/compute/adapter';
import { AppError, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import type { KernelsMeasured, Method } from '../../src-shared/ipc/compute';
import {
  fastestExact,
  type KernelName,
  type SizeClass,
  type WholeTaskMeasurement,
} from '../../src-shared/ipc/kernel-choice';
import { type Shape, squareShape } from '../../src-shared/matrix-mult/shape';
import type { CpuEngine } from './cpu-engine';
import type { Pacer } from './pacer';
import { drawnTask, type TaskEngine, type TaskOptions } from './task-engine';
import { AdapterProduct } from './webgpu/adapter-product';
import { AdapterTask } from './webgpu/adapter-task';
import { kernelsFor } from './webgpu/kernel';
import { measureKernels, trialSize } from './webgpu/measure-kernels';
import { measureWholeTask } from './webgpu/measure-whole-task';
import { OpenAdapter } from './webgpu/open-adapter';

// An adapter that went away may come back: a driver that restarts takes seconds, an external card may take hours.
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;

type Opened = { readonly adapter: OpenAdapter; readonly product: AdapterProduct; readonly task: AdapterTask };

/** The adapter as it is now. */
export type GraphicsState = { readonly adapter: AdapterInfo | null; readonly error: ErrorReport | null };

/** The graphics adapter over its whole life: opened, lost, opened anew. */
export class Graphics {
  readonly #processor: CpuEngine;
  readonly #pacer: Pacer;
  readonly #onChange: (state: GraphicsState) => void;
  #opened: Opened | null = null;
  /** How long to wait before the next look: not at all as long as the adapter does its work. */
  #retryMs = 0;

  /** @param onChange told after each look for an adapter */
  constructor(processor: CpuEngine, pacer: Pacer, onChange: (state: GraphicsState) => void) {
    this.#processor = processor;
    this.#pacer = pacer;
    this.#onChange = onChange;
  }

  /** Looks for an adapter; where one was lost it is looked for until there is one again. */
  async open(): Promise<void> {
    try {
      const adapter = await OpenAdapter.open(() => this.#lost());
      this.#opened = adapter === null ? null : this.#equip(adapter);
      this.#onChange({ adapter: adapter?.info ?? null, error: null });
    } catch (error) {
      this.#opened = null;
      this.#onChange({ adapter: null, error: toErrorReport(error) });
    }
  }

  /** The adapter as an engine. @throws AppError `gpu_unavailable` where there is none any more */
  engine({ kernel, wholeTask }: Extract<Method, { engine: 'webgpu' }>): TaskEngine {
    const { product, task } = this.#need();
    // One size's buffers at a time: together they might not fit.
    (wholeTask ? product : task).forget();
    const { name, compute } = wholeTask
      ? task.with(kernel)
      : this.#processor.withProduct(product.with(kernel));
    return {
      name,
      compute: async (...given) => {
        const result = await compute(...given);
        this.#retryMs = 0;
        return result;
      },
    };
  }

  /** Times the kernels for a class of sizes, and whole tasks with the best of them. @throws AppError `gpu_*`; the signal's reason where it fires */
  async measure(sizeClass: SizeClass, options: TaskOptions): Promise<Omit<KernelsMeasured, 'kind'>> {
    const { adapter } = this.#need();
    this.release();
    const { software } = adapter.info;
    const shape = squareShape(trialSize(sizeClass, software));
    const trial = await this.#processor.product(drawnTask(new Uint8Array(32), shape), options);
    const quiet = { signal: options.signal, onProgress: () => undefined };
    const candidates = kernelsFor(software, navigator.gpu.wgslLanguageFeatures).map((name) => {
      // Each with buffers and tuning of its own, so that every round finds it as a task would.
      const own = new AdapterProduct(adapter, this.#pacer);
      return {
        name,
        product: () => own.multiply(name, trial, quiet),
        time: () => own.time(name, shape, quiet),
        forget: () => own.forget(),
      };
    });
    const isOver = () => adapter.isLost || options.signal.aborted;
    const measured = await measureKernels(candidates, shape, trial.c, isOver).finally(() => {
      for (const { forget } of candidates) forget();
    });
    const best = fastestExact(measured);
    // SwiftShader takes eight seconds to compile the shaders of whole tasks, and is the processor all the same.
    if (best === null || software) return { measured, wholeTask: null };
    return { measured, wholeTask: await this.#measureWhole(best.name, shape, quiet, isOver) };
  }

  async #measureWhole(
    kernel: KernelName,
    shape: Shape,
    options: TaskOptions,
    isOver: () => boolean,
  ): Promise<WholeTaskMeasurement> {
    const { product, task } = this.#need();
    const trial = drawnTask(new Uint8Array(32), shape);
    const rootBy = (engine: TaskEngine) => async () => (await engine.compute(trial, options)).commitment.root;
    const productOnly = rootBy(this.#processor.withProduct(product.with(kernel)));
    try {
      return await measureWholeTask({ onAdapter: rootBy(task.with(kernel)), productOnly }, isOver);
    } finally {
      product.forget();
      task.forget();
    }
  }

  /** Lets the adapter's memory go: others may want it while nothing is computed there. */
  release(): void {
    this.#opened?.product.forget();
    this.#opened?.task.forget();
  }

  #equip(adapter: OpenAdapter): Opened {
    const product = new AdapterProduct(adapter, this.#pacer);
    return { adapter, product, task: new AdapterTask(adapter, this.#processor, this.#pacer) };
  }

  #lost(): void {
    this.#opened = null;
    this.#onChange({ adapter: null, error: null });
    this.#reopen();
  }

  /** Looks again after a while, longer each time: an adapter may be lost again as soon as it is open. */
  #reopen(): void {
    const waitMs = this.#retryMs;
    this.#retryMs = Math.min(Math.max(FIRST_RETRY_MS, 2 * waitMs), LONGEST_RETRY_MS);
    setTimeout(async () => {
      await this.open();
      if (this.#opened === null) this.#reopen();
    }, waitMs);
  }

  #need(): Opened {
    if (this.#opened !== null) return this.#opened;
    throw new AppError('gpu_lost', 'There is no graphics adapter any more.', { remedy: 'wait' });
  }
}
