import { AppError } from '../../../src-shared/errors';
import { Control } from './control';
import type { Layout } from './layout';
import { type Phase, unitsOf } from './phases';
import { type PhaseOptions, reportProgress, type Team } from './team';
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

  async run(
    phases: readonly Phase[],
    layout: Layout,
    { signal, onProgress, pacer }: PhaseOptions,
  ): Promise<void> {
    if (this.#memory === null) throw new Error('no memory attached');
    signal.throwIfAborted();
    const control = new Control(this.#memory, layout.control);
    const busy = Math.max(...phases.map((phase) => unitsOf(phase, layout)));
    const workers = this.#workers.slice(0, busy);
    control.begin(workers.length);
    const pace = () => {
      control.dutyPercent = pacer.pace.dutyPercent;
    };
    const stop = () => control.stop();
    const report = () => {
      pace();
      reportProgress(control, phases, layout, onProgress);
    };
    pace();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await Promise.all(
        workers.map((worker, thread) => ask(worker, { kind: 'run', phases, layout, thread }, report)),
      );
    } finally {
      signal.removeEventListener('abort', stop);
      pacer.noteRest(control.restedMs);
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
