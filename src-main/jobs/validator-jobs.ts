import { toErrorReport } from '../../src-shared/errors';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import type { JobErrorCode } from '../../src-shared/jobs/frames';
import { isSmall } from '../../src-shared/matrix-mult/shape';
import type { Settings } from '../../src-shared/settings/settings';
import type { Clock } from '../clock/clock';
import type { Priority } from '../compute/compute-queue';
import type { ComputeWork } from '../compute/compute-task';
import type { Account } from '../keys/account';
import type { Database } from '../storage/database';
import type { WorkSource } from '../work/work-source';
import { Deliveries } from './deliveries';
import { type FrameReader, frameText } from './frame-reader';
import { type Answered, JobCommits, type Refusal } from './job-commits';
import { errorFrame, resultFrame, workOf } from './job-frames';
import type { JobStore, QueuedJob } from './job-store';
import { LargeFrames, lacksMatrices } from './large-frames';
import type { MatricesFolder } from './matrices-folder';
import { type Frame, readFrame } from './read-job';
import type { ValidatorSocket } from './validator-socket';

/** What became of a job. A job that was never kept has no `refused` of its own but this. */
export type JobEvent = {
  readonly jobId: string;
  readonly state: 'queued' | 'computing' | 'answered' | 'delivered' | 'refused';
  readonly resultHash: string | null;
  readonly code: JobErrorCode | null;
};

type Parts = {
  readonly database: Database;
  readonly store: JobStore;
  readonly matrices: MatricesFolder;
  readonly frameReader: FrameReader;
  /** What the jobs are kept under: the validator's address. */
  readonly validator: string;
  readonly account: Pick<Account, 'state'>;
  readonly settings: () => Pick<
    Settings,
    'jobPriority' | 'jobQueueLimit' | 'jobTimeLimitSeconds' | 'jobFrameLimitMiB' | 'jobSubmit'
  >;
  /** Whether the miner is on and not paused. */
  readonly isWorking: () => boolean;
  readonly clock: Clock;
  /** There may be something new to compute. */
  readonly onWork: () => void;
  readonly onChange: () => void;
  readonly onJob: (event: JobEvent) => void;
  /** Answers were kept. */
  readonly onAnswers: () => void;
  readonly onError: (error: unknown) => void;
  readonly log: (message: string) => void;
};

/** A job that is being computed. */
type Out = { readonly job: QueuedJob; ended: 'timeout' | null; readonly callOff: () => void };

// Enough that a lane has its next jobs while the answers of those before are on their way; of larger ones, which may hold
// matrices, fewer do.
const AHEAD = 16;
const LARGE_AHEAD = 4;
// Reading a larger frame takes longer than handing it to a thread.
const LARGE_FRAME_BYTES = 64 << 10;
// Jobs without matrices of their own, some hundred bytes each.
const MOST_RECENT = 1000;
// As many jobs as can wait.
const MOST_UNSAID = 10_000;
const TOLD_KINDS = 32;
// A commit costs up to a millisecond. Where jobs wait, their answers share one; nobody waits for what was delivered.
const KEEP_ANSWERS_MS = 20;
const KEEP_DELIVERED_MS = 100;

const PRIORITY: Readonly<Record<Settings['jobPriority'], Priority>> = {
  jobs_first: 'job',
  share: 'chain',
  own_first: 'later_job',
};

const REFUSALS = {
  busy: { code: 'busy', message: 'the queue is full' },
  paused: { code: 'paused', message: 'this worker is paused' },
  stopped: { code: 'stopped', message: 'this worker is going away' },
  timeout: { code: 'timeout', message: 'it took longer than this worker allows' },
  noKey: { code: 'failed', message: 'this worker has no key' },
} as const satisfies Record<string, Refusal>;

/**
 * One validator's jobs, as a source of work: each is kept before it is computed, and its answer before it is sent, so
 * that whatever ends in between leaves one answer to a job.
 */
export class ValidatorJobs implements WorkSource<QueuedJob> {
  readonly ahead = AHEAD;
  readonly #parts: Parts;
  readonly #deliveries: Deliveries;
  readonly #commits: JobCommits;
  /** Rows that wait, the oldest first. */
  #queue: number[];
  /** Of those, jobs that were kept lately and are small in memory: they need not be read back. */
  readonly #recent = new Map<number, QueuedJob>();
  readonly #out = new Map<number, Out>();
  readonly #large: LargeFrames;
  #socket: ValidatorSocket | null = null;
  /** Errors of jobs that ended while no connection was there to say so. */
  readonly #unsaid: string[] = [];
  /** What happened and is still to be told, in its order. */
  readonly #untold: JobEvent[] = [];
  #callOffTelling: (() => void) | null = null;
  #results = 0;
  readonly #errors = new Map<JobErrorCode, number>();
  #isClosed = false;
  /** What still came is refused, as all that waits. */
  #isLeaving = false;
  readonly #toldKinds = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
    const { store, validator, clock, matrices, onError } = parts;
    this.#deliveries = new Deliveries(store, validator, clock);
    this.#queue = store.idsIn(validator, 'queued');
    this.#commits = new JobCommits({
      ...parts,
      kept: this.#queue,
      deliveries: this.#deliveries,
      admit: (job, more) => (lacksMatrices(job) ? REFUSALS.busy : this.#admit(more)),
      onQueued: (job) => {
        this.#queue.push(job.id);
        this.#remember(job);
        this.#tell(job.jobId, 'queued');
      },
      onAnswered: (answered) => this.#answered(answered),
      onRefused: (jobId, refusal) => this.#say(jobId, refusal),
      onDelivered: (jobId) => this.#tell(jobId, 'delivered'),
      onFileUnused: (file) => matrices.remove(file),
      onCommitted: () => {
        parts.onWork();
        this.#tellSoon();
      },
      onError,
    });
    this.#large = new LargeFrames({
      ...parts,
      refusal: () => {
        const admitted = this.#admit(0);
        return 'code' in admitted ? admitted : null;
      },
      busy: REFUSALS.busy,
      onFrame: (frame) => this.#takeFrame(frame),
    });
  }

  get priority(): Priority {
    return PRIORITY[this.#parts.settings().jobPriority];
  }

  /** How many jobs wait, are being computed, or were answered since this validator was chosen. */
  get counts() {
    return {
      queued: this.#queue.length,
      computing: this.#out.size,
      undelivered: this.#deliveries.waiting,
      answered: this.#results,
      errors: Object.fromEntries(this.#errors),
    };
  }

  /** A new connection: what was answered and not delivered goes again. */
  opened(socket: ValidatorSocket): void {
    this.#socket = socket;
    for (const frame of this.#unsaid.splice(0)) socket.send(frame);
    void this.#deliveries.begin(socket).catch(this.#parts.onError);
    this.pauseChanged();
  }

  closed(): void {
    this.#socket = null;
  }

  /** A frame of the validator's, as text in UTF-8. @returns what is settled once it is read, where that takes long */
  take(bytes: Uint8Array): Promise<void> | undefined {
    const frameBytes = this.#parts.settings().jobFrameLimitMiB << 20;
    if (bytes.length >= LARGE_FRAME_BYTES) return this.#large.take(bytes, frameBytes);
    this.#takeFrame(readFrame(frameText(bytes), frameBytes));
    return undefined;
  }

  /** The validator has read what was sent before a ping. */
  pong(ping: number): void {
    if (this.#deliveries.confirm(ping)) this.#commits.schedule(KEEP_DELIVERED_MS);
  }

  /** The miner may have been paused: what waits is answered rather than held back without a word. */
  pauseChanged(): void {
    if (!this.#parts.isWorking() && this.#socket !== null) this.#refuseWaiting(REFUSALS.paused);
  }

  /** Answers whatever is open with an error, as nobody will compute it. */
  async close(): Promise<void> {
    this.#refuseRest();
    if (this.#large.isReading) {
      await this.#large.settled();
      this.#refuseRest();
    }
    this.#isClosed = true;
    this.#deliveries.close();
    this.#commits.close();
    this.#tellNow();
  }

  next(): QueuedJob | null {
    if (this.#isClosed || this.#isLeaving || !this.#parts.isWorking() || this.#isAheadEnough) return null;
    for (let id = this.#queue.shift(); id !== undefined; id = this.#queue.shift()) {
      const job = this.#queued(id);
      if (job === null) continue;
      this.#out.set(job.id, this.#outOf(job));
      this.#tell(job.jobId, 'computing');
      return job;
    }
    return null;
  }

  /** @throws AppError, Error where its matrices can't be read */
  task({ payload }: QueuedJob): ComputeWork {
    return workOf(payload, this.#parts.matrices);
  }

  isOver({ id }: QueuedJob): boolean {
    const out = this.#out.get(id);
    return out === undefined || out.ended !== null;
  }

  done({ id }: QueuedJob, outcome: ComputeOutcome): void {
    const out = this.#takeBack(id);
    const { address } = this.#parts.account.state;
    if (out === null) return;
    const { job } = out;
    if (address === null) {
      this.#commits.refuse(job, REFUSALS.noKey);
      return;
    }
    const { resultHash, engine, timings } = outcome;
    const computeMs = timings.generateMs + timings.multiplyMs + timings.commitMs + timings.selfCheckMs;
    const frame = resultFrame(job.jobId, address, outcome);
    const toSubmit = this.#parts.settings().jobSubmit;
    const answer = { frame, resultHash, engine, computeMs, toSubmit };
    this.#commits.answer(job, answer, this.#queue.length > 0 ? KEEP_ANSWERS_MS : 0);
  }

  failed({ id }: QueuedJob, error: unknown, dropped: boolean): void {
    const out = this.#takeBack(id);
    if (out === null) return;
    const { code, message } = toErrorReport(error);
    if (out.ended !== null) this.#commits.refuse(out.job, REFUSALS[out.ended]);
    else if (dropped) this.#commits.refuse(out.job, REFUSALS.paused);
    else
      this.#commits.refuse(out.job, {
        code: code === 'invalid_matrix_size' ? 'too_large' : 'failed',
        message,
      });
  }

  get #isAheadEnough(): boolean {
    return (
      this.#out.size >= LARGE_AHEAD && [...this.#out.values()].some(({ job }) => !isSmall(job.payload.shape))
    );
  }

  #takeFrame(frame: Frame): void {
    if (frame.kind === 'ignored') this.#tellOnce(frame.what);
    else this.#commits.take(frame);
  }

  /** For whom a job that is not known is kept, or why it is not. */
  #admit(more: number): { readonly account: string } | Refusal {
    const { account, isWorking, settings } = this.#parts;
    const { address } = account.state;
    if (address === null) return REFUSALS.noKey;
    if (this.#isLeaving) return REFUSALS.stopped;
    if (!isWorking()) return REFUSALS.paused;
    if (this.#queue.length + this.#out.size + more >= settings().jobQueueLimit) return REFUSALS.busy;
    return { account: address };
  }

  #remember(job: QueuedJob): void {
    const holdsMatrices = 'a' in job.payload;
    if (!holdsMatrices && this.#recent.size < MOST_RECENT) this.#recent.set(job.id, job);
  }

  /** A job that waited and does no longer. @throws AppError `disk_full`, `database_*` */
  #queued(id: number): QueuedJob | null {
    const recent = this.#recent.get(id);
    this.#recent.delete(id);
    return recent ?? this.#parts.store.queued(id);
  }

  #outOf(job: QueuedJob): Out {
    const { clock, settings, onWork } = this.#parts;
    const out: Out = {
      job,
      ended: null,
      callOff: clock.after(settings().jobTimeLimitSeconds * 1000, () => {
        out.ended = 'timeout';
        onWork();
      }),
    };
    return out;
  }

  #takeBack(id: number): Out | null {
    const out = this.#out.get(id) ?? null;
    out?.callOff();
    this.#out.delete(id);
    return out;
  }

  #refuseRest(): void {
    this.#isLeaving = true;
    this.#refuseWaiting(REFUSALS.stopped);
    for (const { job, callOff } of this.#out.values()) {
      callOff();
      this.#commits.refuse(job, REFUSALS.stopped);
    }
    this.#out.clear();
    this.#commits.now();
  }

  #refuseWaiting(refusal: Refusal): void {
    for (const id of this.#queue.splice(0)) {
      try {
        const job = this.#queued(id);
        if (job !== null) this.#commits.refuse(job, refusal);
      } catch (error) {
        // What could not be kept as refused is computed after the next start.
        this.#parts.onError(error);
      }
    }
  }

  #answered(answered: readonly Answered[]): void {
    this.#results += answered.length;
    for (const { job, answer } of answered)
      this.#tell(job.jobId, 'answered', { resultHash: answer.resultHash });
    this.#parts.onAnswers();
  }

  #say(jobId: string, { code, message }: Refusal): void {
    this.#errors.set(code, (this.#errors.get(code) ?? 0) + 1);
    const frame = errorFrame(jobId, code, message);
    if (this.#socket !== null) this.#socket.send(frame);
    else if (this.#unsaid.length < MOST_UNSAID) this.#unsaid.push(frame);
    this.#tell(jobId, 'refused', { code });
  }

  #tell(jobId: string, state: JobEvent['state'], more: Partial<JobEvent> = {}): void {
    this.#untold.push({ jobId, state, resultHash: null, code: null, ...more });
    this.#tellSoon();
  }

  /** After what a validator waits for: to write a line may take as long as all else that is done for a job's step. */
  #tellSoon(): void {
    this.#callOffTelling ??= this.#parts.clock.after(0, () => this.#tellNow());
  }

  #tellNow(): void {
    this.#callOffTelling?.();
    this.#callOffTelling = null;
    for (const event of this.#untold.splice(0)) this.#parts.onJob(event);
    this.#parts.onChange();
  }

  #tellOnce(what: string): void {
    if (this.#toldKinds.has(what) || this.#toldKinds.size >= TOLD_KINDS) return;
    this.#toldKinds.add(what);
    this.#parts.log(`The validator sent what is no job, and is ignored: ${what}.`);
  }
}
