import { AppError, fromErrorReport, toErrorReport } from '../../src-shared/errors';
import {
  type ComputeDone,
  type FromCompute,
  fromComputeSchema,
  type Job,
  type JobTime,
} from '../../src-shared/ipc/compute';
import { FULL_PACE, type Pace } from '../../src-shared/ipc/pace';
import { BackOff } from '../async/back-off';
import { Listeners } from '../async/listeners';
import type { Clock } from '../clock/clock';
import type { ComputePage, OpenComputePage } from './compute-page';
import type { AnswerOf, ComputeRunner, RunnerStatus } from './compute-runner';

// The slowest engine takes minutes for the largest size on a slow machine; longer means it hangs.
const RUN_TIMEOUT_MS = 10 * 60_000;
const READY_TIMEOUT_MS = 60_000;
// A cancelled job ends within a slice, unless a shader is being compiled; longer means it hangs.
const CANCEL_TIMEOUT_MS = 30_000;
// A pause of a moment is not worth a second's start.
const REST_AFTER_MS = 30_000;

type Parts = {
  readonly openPage: OpenComputePage;
  readonly clock: Pick<Clock, 'after'>;
  /** Whether a person looks on, who may ask for something any moment: then nothing is put away. */
  readonly isWatched: () => boolean;
  /** Told in a sentence what failed. */
  readonly onError: (message: string) => void;
};

type Run = {
  readonly job: Job;
  readonly onTook: (took: JobTime) => void;
  readonly resolve: (answer: AnswerOf<Job>) => void;
  readonly reject: (error: AppError) => void;
  /** Stops waiting for it to take too long. */
  stopTimer: () => void;
  /** Stops listening to the signal that cancels it. */
  readonly stopListening: () => void;
};

/**
 * Drives the compute page: jobs, which it does in turn, time-outs, and a new page when the old one dies. Where it may
 * rest and no window is open the page is put away, as it holds some fifty megabytes. It is up all the same: the next job
 * has it opened again.
 */
export class ComputeHost implements ComputeRunner {
  readonly #parts: Parts;
  readonly #backOff = new BackOff(1000, 60_000);
  readonly #listeners: Listeners<void>;
  #page: ComputePage | null = null;
  #status: RunnerStatus = { state: 'starting', adapter: null, error: null, progress: 0 };
  #pace = FULL_PACE;
  /** Whether the page has looked for an adapter, and takes jobs. */
  #isThere = false;
  /** In hand, in the order in which they were sent. */
  readonly #runs = new Map<number, Run>();
  #lastRunId = 0;
  /** Keeps what waits for the page, its time-out or the next start, from being done. */
  #stopWaiting: () => void = () => undefined;
  #closed = false;
  #mayRest = false;
  /** The page is put away, and what was known by it holds. */
  #isResting = false;
  #callOffRest: () => void = () => undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#listeners = new Listeners((error) => parts.onError(String(error)));
  }

  get status(): RunnerStatus {
    return this.#status;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  setPace(pace: Pace): void {
    this.#pace = pace;
    this.#page?.send({ kind: 'pace', pace });
  }

  lookForAdapter(): void {
    // One that is opened looks by itself.
    if (this.#isResting) this.#open();
    else this.#page?.send({ kind: 'look' });
  }

  letRest(isAllowed: boolean): void {
    if (this.#mayRest === isAllowed) return;
    this.#mayRest = isAllowed;
    this.#restSoon();
  }

  /** Opens the page; `status` turns `ready` once it has looked for an adapter. */
  start(): void {
    if (this.#closed) return;
    this.#set({ state: 'starting', adapter: null, error: null, progress: 0 });
    this.#open();
  }

  #open(): void {
    this.#isResting = false;
    const page: ComputePage = this.#parts.openPage({
      message: (message) => this.#take(page, message),
      gone: (why) => this.#died(page, why),
    });
    this.#page = page;
    this.#wait(READY_TIMEOUT_MS, () => this.#died(page, 'it did not start in time'));
  }

  close(): void {
    this.#closed = true;
    this.#stopWaiting();
    this.#callOffRest();
    this.#fail(closing());
    this.#page?.destroy();
    this.#page = null;
  }

  run<J extends Job>(job: J, signal: AbortSignal, onTook: (took: JobTime) => void): Promise<AnswerOf<J>> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#closed) return Promise.reject(closing());
    const isUp = this.#status.state === 'ready' || this.#status.state === 'busy';
    if (!isUp) {
      return Promise.reject(
        new AppError('compute_failed', 'The compute process is not ready.', { retryable: true }),
      );
    }
    const runId = ++this.#lastRunId;
    const answer = new Promise<AnswerOf<Job>>((resolve, reject) => {
      const stopTimer = this.#parts.clock.after(RUN_TIMEOUT_MS, () => this.#timedOut(runId));
      const cancel = () => this.#cancel(runId);
      signal.addEventListener('abort', cancel);
      const stopListening = () => signal.removeEventListener('abort', cancel);
      this.#runs.set(runId, { job, onTook, resolve, reject, stopTimer, stopListening });
      this.#callOffRest();
      if (this.#isResting) this.#open();
      // One that is on its way gets what has come by then.
      if (this.#isThere) this.#page?.send({ kind: 'run', runId, job });
      this.#set({ state: 'busy' });
    });
    // `#takeDone` lets only an answer of the job's own kind through.
    return answer as Promise<AnswerOf<J>>;
  }

  /** What a page says counts only once it is parsed, and only as long as it is the page in use. */
  #take(page: ComputePage, message: unknown): void {
    if (this.#page !== page) return;
    const parsed = fromComputeSchema.safeParse(message);
    if (!parsed.success) this.#parts.onError('The compute process sent a message that is not understood.');
    else if (parsed.data.kind === 'ready') this.#takeReady(page, parsed.data);
    else if (parsed.data.kind === 'done') this.#takeDone(parsed.data);
    else if (this.#runs.has(parsed.data.runId)) this.#set({ progress: parsed.data.done });
  }

  /** The page has looked for an adapter, for the first time or anew. */
  #takeReady(page: ComputePage, { adapter, adapterError }: Extract<FromCompute, { kind: 'ready' }>): void {
    this.#stopWaiting();
    page.send({ kind: 'pace', pace: this.#pace });
    if (!this.#isThere) {
      this.#isThere = true;
      for (const [runId, { job }] of this.#runs) page.send({ kind: 'run', runId, job });
    }
    this.#set({ state: this.#runs.size === 0 ? 'ready' : 'busy', adapter, error: adapterError });
    this.#restSoon();
  }

  /** Puts the page away once it has had nothing to do for a while, where it may. */
  #restSoon(): void {
    this.#callOffRest();
    if (!this.#mayRest || !this.#isThere || this.#runs.size > 0 || this.#closed) return;
    this.#callOffRest = this.#parts.clock.after(REST_AFTER_MS, () => {
      if (this.#parts.isWatched()) {
        this.#restSoon();
        return;
      }
      this.#isResting = true;
      this.#isThere = false;
      this.#page?.destroy();
      this.#page = null;
    });
  }

  #takeDone({ runId, took, result }: ComputeDone): void {
    const run = this.#endRun(runId);
    // A run that was given up on answers too; nobody waits for it any more.
    if (run === null) return;
    this.#backOff.reset();
    run.onTook(took);
    this.#set({ state: this.#runs.size === 0 ? 'ready' : 'busy', progress: 0 });
    this.#restSoon();
    if (!result.ok) run.reject(fromErrorReport(result.error));
    else if (result.value.kind === run.job.kind) run.resolve(result.value);
    else run.reject(new AppError('compute_failed', 'The compute process answered another question.'));
  }

  #cancel(runId: number): void {
    const run = this.#runs.get(runId);
    const page = this.#page;
    if (run === undefined || page === null) return;
    if (!this.#isThere) {
      this.#endRun(runId)?.reject(
        new AppError('compute_cancelled', 'The job was cancelled before it began.'),
      );
      if (this.#runs.size === 0) this.#set({ state: 'ready' });
      return;
    }
    page.send({ kind: 'cancel', runId });
    run.stopTimer();
    run.stopTimer = this.#parts.clock.after(CANCEL_TIMEOUT_MS, () =>
      this.#died(page, 'a cancelled job did not stop'),
    );
  }

  #timedOut(runId: number): void {
    const seconds = RUN_TIMEOUT_MS / 1000;
    this.#endRun(runId)?.reject(
      new AppError('compute_timeout', `The computation took over ${seconds} s and was given up.`, {
        params: { seconds },
      }),
    );
    if (this.#page !== null) this.#died(this.#page, 'a run took too long');
  }

  #died(page: ComputePage, why: string): void {
    if (this.#closed || this.#page !== page) return;
    this.#stopWaiting();
    this.#callOffRest();
    this.#page = null;
    this.#isThere = false;
    page.destroy();
    const error = new AppError('compute_failed', `The compute process failed: ${why}. It is started again.`, {
      remedy: 'wait',
      retryable: true,
      params: { why },
    });
    this.#parts.onError(error.message);
    this.#fail(error);
    this.#set({ state: 'failed', adapter: null, error: toErrorReport(error), progress: 0 });
    this.#wait(this.#backOff.next(), () => this.start());
  }

  #fail(error: AppError): void {
    for (const runId of [...this.#runs.keys()]) this.#endRun(runId)?.reject(error);
  }

  /** @returns the run, whose end is told to nobody yet; null where it had ended */
  #endRun(runId: number): Run | null {
    const run = this.#runs.get(runId) ?? null;
    this.#runs.delete(runId);
    run?.stopTimer();
    run?.stopListening();
    return run;
  }

  /** Waits for one thing at a time: for the page to be up, or to open the next one. */
  #wait(ms: number, act: () => void): void {
    this.#stopWaiting();
    this.#stopWaiting = this.#parts.clock.after(ms, act);
  }

  #set(change: Partial<RunnerStatus>): void {
    const names = Object.keys(change) as (keyof RunnerStatus)[]; // its own keys
    if (names.every((name) => this.#status[name] === change[name])) return;
    this.#status = { ...this.#status, ...change };
    this.#listeners.tell();
  }
}

function closing(): AppError {
  return new AppError('compute_cancelled', 'The app is closing.');
}
