import { AppError } from '../../../src-shared/errors';
import { CONTROL, type Layout } from './layout';
import { type Phase, unitsOf } from './phases';
import { controlOf, type PhaseOptions, type Team } from './team';
import type { FromThread, ToThread } from './thread-messages';

/** Web Workers, each with its own instance of the kernels on one shared memory. */
export class ThreadTeam implements Team {
  readonly threads: number;
  readonly #module: WebAssembly.Module;
  readonly #workers: readonly Worker[];
  #memory: WebAssembly.Memory | null = null;

  /** @param threads how many workers to start; they run once `attach` is settled */
  constructor(module: WebAssembly.Module, threads: number) {
    this.#module = module;
    this.threads = threads;
    this.#workers = Array.from(
      { length: threads },
      () => new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' }),
    );
  }

  async attach(memory: WebAssembly.Memory): Promise<void> {
    this.#memory = memory;
    const message: ToThread = { kind: 'attach', module: this.#module, memory };
    await Promise.all(this.#workers.map((worker) => ask(worker, message)));
  }

  async run(phase: Phase, layout: Layout, { signal, onProgress, pacer }: PhaseOptions): Promise<void> {
    if (this.#memory === null) throw new Error('no memory attached');
    signal.throwIfAborted();
    const control = controlOf(this.#memory, layout);
    const units = unitsOf(phase, layout);
    Atomics.store(control, CONTROL.nextUnit, 0);
    Atomics.store(control, CONTROL.stop, 0);
    const pace = () => Atomics.store(control, CONTROL.dutyPercent, pacer.pace.dutyPercent);
    const stop = () => {
      Atomics.store(control, CONTROL.stop, 1);
      Atomics.notify(control, CONTROL.stop);
    };
    const report = () => {
      pace();
      onProgress(Math.min(1, Atomics.load(control, CONTROL.nextUnit) / units));
    };
    pace();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await Promise.all(
        this.#workers
          .slice(0, units)
          .map((worker, thread) => ask(worker, { kind: 'run', phase, layout, thread }, report)),
      );
    } finally {
      signal.removeEventListener('abort', stop);
    }
    signal.throwIfAborted();
  }

  close(): void {
    for (const worker of this.#workers) worker.terminate();
  }
}

/** Sends a thread a message and waits until it is done with it. */
function ask(worker: Worker, message: ToThread, onProgress: () => void = () => undefined): Promise<void> {
  const ended = new AbortController();
  const { signal } = ended;
  return new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(threadFailed(why));
    const take = ({ data }: MessageEvent<FromThread>) => (data.kind === 'done' ? resolve() : onProgress());
    worker.addEventListener('message', take, { signal });
    worker.addEventListener('messageerror', () => fail('a message could not be read'), { signal });
    worker.addEventListener('error', ({ message: why }) => fail(why || 'it did not start'), { signal });
    worker.postMessage(message);
  }).finally(() => ended.abort());
}

function threadFailed(why: string): AppError {
  return new AppError('compute_failed', `A processor thread failed: ${why}.`, {
    remedy: 'wait',
    retryable: true,
    params: { why },
  });
}
