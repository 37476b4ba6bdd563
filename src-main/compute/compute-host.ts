import type { BrowserWindow } from 'electron';
import { AppError, fromErrorReport, toErrorReport } from '../../src-shared/errors';
import type { ComputeDone, ComputeReady, Job } from '../../src-shared/ipc/compute';
import type { Push, PushChannel } from '../../src-shared/ipc/contract';
import { FULL_PACE, type Pace } from '../../src-shared/ipc/pace';
import { BackOff } from '../async/back-off';
import { Listeners } from '../async/listeners';
import type { Pusher } from '../ipc/push';
import { pageUrl } from '../ipc/roles';
import type { AnswerOf, ComputeRunner, RunnerStatus } from './compute-runner';

// The slowest engine takes minutes for the largest size on a slow machine; longer means it hangs.
const RUN_TIMEOUT_MS = 10 * 60_000;
const READY_TIMEOUT_MS = 60_000;
// A cancelled job ends within a slice, unless a shader is being compiled; longer means it hangs.
const CANCEL_TIMEOUT_MS = 30_000;

type Run = {
  readonly runId: number;
  readonly kind: Job['kind'];
  readonly resolve: (answer: AnswerOf<Job>) => void;
  readonly reject: (error: AppError) => void;
  timer: NodeJS.Timeout;
};

/** Drives the hidden compute window: one job at a time, time-outs, and a new window when the old one dies. */
export class ComputeHost implements ComputeRunner {
  readonly #openWindow: () => BrowserWindow;
  readonly #push: Pusher;
  readonly #onError: (message: string) => void;
  readonly #backOff = new BackOff(1000, 60_000);
  readonly #listeners: Listeners<void>;
  #window: BrowserWindow | null = null;
  #status: RunnerStatus = { state: 'starting', adapter: null, error: null, progress: 0 };
  #pace = FULL_PACE;
  #run: Run | null = null;
  #lastRunId = 0;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  /** @param openWindow makes the compute window, not yet loaded */
  constructor(openWindow: () => BrowserWindow, push: Pusher, onError: (message: string) => void) {
    this.#openWindow = openWindow;
    this.#push = push;
    this.#onError = onError;
    this.#listeners = new Listeners((error) => onError(String(error)));
  }

  get status(): RunnerStatus {
    return this.#status;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  setPace(pace: Pace): void {
    this.#pace = pace;
    this.#tell('compute:pace', pace);
  }

  /** Opens the window; `status` turns `ready` once its page has looked for an adapter. */
  start(): void {
    if (this.#closed) return;
    this.#set({ state: 'starting', adapter: null, error: null, progress: 0 });
    const window = this.#openWindow();
    this.#window = window;
    window.webContents.on('render-process-gone', (_event, { reason }) =>
      this.#died(window, `it ended (${reason})`),
    );
    window.on('unresponsive', () => this.#died(window, 'it no longer answers'));
    this.#timer = setTimeout(() => this.#died(window, 'it did not start in time'), READY_TIMEOUT_MS);
    window.loadURL(pageUrl('compute')).catch((error) => this.#died(window, String(error)));
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#fail(closing());
    this.#window?.destroy();
    this.#window = null;
  }

  run<J extends Job>(job: J, signal: AbortSignal): Promise<AnswerOf<J>> {
    if (this.#run !== null) throw new Error('a job is in hand already');
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#closed) return Promise.reject(closing());
    const window = this.#window;
    if (window === null || this.#status.state !== 'ready') {
      return Promise.reject(
        new AppError('compute_failed', 'The compute process is not ready.', { retryable: true }),
      );
    }
    const runId = ++this.#lastRunId;
    const answer = new Promise<AnswerOf<Job>>((resolve, reject) => {
      const timer = setTimeout(() => this.#timedOut(window), RUN_TIMEOUT_MS);
      this.#run = { runId, kind: job.kind, resolve, reject, timer };
      signal.addEventListener('abort', () => this.#cancel(runId), { once: true });
      this.#set({ state: 'busy', progress: 0 });
      this.#tell('compute:run', { runId, job });
    });
    // `takeDone` lets only an answer of the job's own kind through.
    return answer as Promise<AnswerOf<J>>;
  }

  /** The page has looked for an adapter, for the first time or anew. */
  takeReady({ adapter, adapterError }: ComputeReady): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#tell('compute:pace', this.#pace);
    this.#set({ state: this.#run === null ? 'ready' : 'busy', adapter, error: adapterError });
  }

  takeProgress(runId: number, progress: number): void {
    if (this.#run?.runId === runId) this.#set({ progress });
  }

  takeDone({ runId, result }: ComputeDone): void {
    const run = this.#run;
    // A run that was given up on answers too; nobody waits for it any more.
    if (run?.runId !== runId) return;
    this.#run = null;
    clearTimeout(run.timer);
    this.#backOff.reset();
    this.#set({ state: 'ready', progress: 0 });
    if (!result.ok) run.reject(fromErrorReport(result.error));
    else if (result.value.kind === run.kind) run.resolve(result.value);
    else run.reject(new AppError('compute_failed', 'The compute process answered another question.'));
  }

  #cancel(runId: number): void {
    const run = this.#run;
    const window = this.#window;
    if (run?.runId !== runId || window === null) return;
    this.#tell('compute:cancel', runId);
    clearTimeout(run.timer);
    run.timer = setTimeout(() => this.#died(window, 'a cancelled job did not stop'), CANCEL_TIMEOUT_MS);
  }

  #timedOut(window: BrowserWindow): void {
    const seconds = RUN_TIMEOUT_MS / 1000;
    this.#fail(
      new AppError('compute_timeout', `The computation took over ${seconds} s and was given up.`, {
        params: { seconds },
      }),
    );
    this.#died(window, 'a run took too long');
  }

  #died(window: BrowserWindow, why: string): void {
    if (this.#closed || this.#window !== window) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#window = null;
    if (!window.isDestroyed()) window.destroy();
    const error = new AppError('compute_failed', `The compute process failed: ${why}. It is started again.`, {
      remedy: 'wait',
      retryable: true,
      params: { why },
    });
    this.#onError(error.message);
    this.#fail(error);
    this.#set({ state: 'failed', adapter: null, error: toErrorReport(error), progress: 0 });
    this.#timer = setTimeout(() => this.start(), this.#backOff.next());
  }

  #tell<C extends PushChannel>(channel: C, payload: Push<C>): void {
    if (this.#window !== null) this.#push(this.#window.webContents, channel, payload);
  }

  #fail(error: AppError): void {
    const run = this.#run;
    this.#run = null;
    if (run === null) return;
    clearTimeout(run.timer);
    run.reject(error);
  }

  #set(change: Partial<RunnerStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#listeners.tell();
  }
}

function closing(): AppError {
  return new AppError('compute_cancelled', 'The app is closing.');
}
