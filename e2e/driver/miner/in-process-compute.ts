import type { AnswerOf, ComputeRunner, RunnerStatus } from '../../../src-main/compute/compute-runner';
import { CpuEngine } from '../../../src-renderer/compute/cpu-engine';
import { recomputeRows, runTask } from '../../../src-renderer/compute/run-task';
import { AppError } from '../../../src-shared/errors';
import type { Job, JobTime } from '../../../src-shared/ipc/compute';

const engine = CpuEngine.open({ threads: 1 });

/** The compute renderer's own code, run in this process; `gate` holds each run until it resolves, or the run is cancelled. */
export class InProcessCompute implements ComputeRunner {
  status: RunnerStatus = { state: 'ready', adapter: null, error: null, progress: 0 };
  gate: Promise<void> = Promise.resolve();
  runs = 0;
  readonly #listeners = new Set<() => void>();

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setPace(): void {}

  letRest(): void {}

  lookForAdapter(): void {}

  async run<J extends Job>(
    job: J,
    signal: AbortSignal,
    onTook: (took: JobTime) => void = () => undefined,
  ): Promise<AnswerOf<J>> {
    if (job.kind === 'measure') throw new Error('there is no adapter to measure');
    this.runs += 1;
    const startedAt = performance.now();
    this.#set('busy');
    try {
      await Promise.race([this.gate, aborted(signal)]);
      if (signal.aborted) throw new AppError('compute_cancelled', 'cancelled');
      const options = { signal, onProgress: () => undefined };
      const answer =
        job.kind === 'rows'
          ? await recomputeRows(job, await engine, options)
          : await runTask(job, await engine, options);
      return answer as AnswerOf<J>; // each kind's own answer
    } finally {
      const elapsedMs = performance.now() - startedAt;
      onTook({ elapsedMs, busyMs: elapsedMs });
      this.#set('ready');
    }
  }

  /** Tells how far the run that the gate holds is. */
  report(progress: number): void {
    this.status = { ...this.status, progress };
    this.#tell();
  }

  /** Is down from now on, as a process that died and does not come back. */
  fail(): void {
    this.#set('failed');
  }

  #set(state: RunnerStatus['state']): void {
    this.status = { ...this.status, state, progress: 0 };
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise<unknown>((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', resolve, { once: true });
  });
}
