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
// One that was never there may only be late, as at login: it is looked for over some five minutes.
const LOOKS_AT_FIRST = 10;

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
  /** How many looks are left before it is given up. */
  #looksLeft = 0;
  #nextLook: ReturnType<typeof setTimeout> | undefined;
  #looking: Promise<void> | null = null;
  #told: string | null = null;

  /** @param onChange told after the first look for an adapter, and of each change */
  constructor(processor: CpuEngine, pacer: Pacer, onChange: (state: GraphicsState) => void) {
    this.#processor = processor;
    this.#pacer = pacer;
    this.#onChange = onChange;
  }

  /** Looks for an adapter, and again and again for a while where there is none; nothing to do where there is one. */
  async open(): Promise<void> {
    if (this.#opened !== null) return;
    clearTimeout(this.#nextLook);
    // One that was lost is looked for without an end.
    this.#looksLeft = Math.max(this.#looksLeft, LOOKS_AT_FIRST);
    this.#retryMs = FIRST_RETRY_MS;
    await this.#look();
    if (this.#opened === null) this.#lookLater();
    else this.#retryMs = 0;
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

  /** One that was there is looked for until it is there again. */
  #lost(): void {
    this.#opened = null;
    this.#looksLeft = Number.POSITIVE_INFINITY;
    this.#tell({ adapter: null, error: null });
    this.#lookLater();
  }

  /** Looks again after a while, longer each time: an adapter may be lost again as soon as it is open. */
  #lookLater(): void {
    if (this.#looksLeft <= 0) return;
    this.#looksLeft -= 1;
    const waitMs = this.#retryMs;
    this.#retryMs = Math.min(Math.max(FIRST_RETRY_MS, 2 * waitMs), LONGEST_RETRY_MS);
    clearTimeout(this.#nextLook);
    this.#nextLook = setTimeout(async () => {
      await this.#look();
      if (this.#opened === null) this.#lookLater();
    }, waitMs);
  }

  /** One look at a time: two might open two devices. */
  #look(): Promise<void> {
    this.#looking ??= this.#openAdapter().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #openAdapter(): Promise<void> {
    try {
      const adapter = await OpenAdapter.open(() => this.#lost());
      this.#opened = adapter === null ? null : this.#equip(adapter);
      this.#tell({ adapter: adapter?.info ?? null, error: null });
    } catch (error) {
      this.#opened = null;
      this.#tell({ adapter: null, error: toErrorReport(error) });
    }
  }

  /** Tells what is not known yet. */
  #tell(state: GraphicsState): void {
    const told = JSON.stringify(state);
    if (told === this.#told) return;
    this.#told = told;
    this.#onChange(state);
  }

  #need(): Opened {
    if (this.#opened !== null) return this.#opened;
    throw new AppError('gpu_lost', 'There is no graphics adapter any more.', { remedy: 'wait' });
  }
}
