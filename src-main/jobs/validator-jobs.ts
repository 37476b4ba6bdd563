import { toErrorReport } from '../../src-shared/errors';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import type { JobErrorCode } from '../../src-shared/jobs/frames';
import type { Settings } from '../../src-shared/settings/settings';
import type { Clock } from '../clock/clock';
import type { Priority } from '../compute/compute-queue';
import type { ComputeWork } from '../compute/compute-task';
import type { Account } from '../keys/account';
import type { Database } from '../storage/database';
import { inTransaction } from '../storage/transaction';
import type { WorkSource } from '../work/work-source';
import { Deliveries } from './deliveries';
import { errorFrame, resultFrame, workOf } from './job-frames';
import type { JobAnswer, JobStore, QueuedJob } from './job-store';
import { type Frame, type Job, readFrame } from './read-job';
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

type Answered = { readonly job: QueuedJob; readonly answer: JobAnswer };
type Refused = {
  readonly id: number;
  readonly jobId: string;
  readonly code: JobErrorCode;
  readonly message: string;
};

// Enough that a lane has its next job while the answer of the one before is on its way.
const AHEAD = 4;
// A disk that is full may have room again.
const KEEP_AGAIN_MS = 5000;
const TOLD_KINDS = 32;
// A commit costs a millisecond or two. Where jobs wait, their answers share one; nobody waits for what was delivered.
const KEEP_ANSWERS_MS = 8;
const KEEP_DELIVERED_MS = 100;

const PRIORITY: Readonly<Record<Settings['jobPriority'], Priority>> = {
  jobs_first: 'job',
  share: 'chain',
  own_first: 'later_job',
};

const MESSAGES = {
  busy: 'the queue is full',
  paused: 'this worker is paused',
  stopped: 'this worker is going away',
  conflict: 'another job of this id came before',
  timeout: 'it took longer than this worker allows',
} as const satisfies Partial<Record<JobErrorCode, string>>;

/**
 * One validator's jobs, as a source of work: each is kept before it is computed, and its answer before it is sent, so
 * that whatever ends in between leaves one answer to a job. What comes within one turn of the event loop is kept in one
 * transaction.
 */
export class ValidatorJobs implements WorkSource<QueuedJob> {
  readonly ahead = AHEAD;
  readonly #parts: Parts;
  readonly #deliveries: Deliveries;
  /** Rows that wait, the oldest first. */
  #queue: number[];
  readonly #out = new Map<number, Out>();
  #frames: Frame[] = [];
  #answered: Answered[] = [];
  #refused: Refused[] = [];
  #socket: ValidatorSocket | null = null;
  #results = 0;
  readonly #errors = new Map<JobErrorCode, number>();
  #isClosed = false;
  /** What still came is refused, as all that waits. */
  #isLeaving = false;
  #flush: NodeJS.Immediate | null = null;
  #callOffRetry: (() => void) | null = null;
  #callOffFlush: (() => void) | null = null;
  #flushDueMs = Number.POSITIVE_INFINITY;
  /** Kept in the transaction under way. */
  #keeping = 0;
  readonly #toldKinds = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#deliveries = new Deliveries(parts.store, parts.validator, parts.clock);
    this.#queue = parts.store.idsIn(parts.validator, 'queued');
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
    void this.#deliveries.begin(socket).catch(this.#parts.onError);
    this.pauseChanged();
  }

  closed(): void {
    this.#socket = null;
  }

  /** A frame of the validator's. */
  take(text: string): void {
    const frame = readFrame(text, this.#parts.settings().jobFrameLimitMiB << 20);
    if (frame.kind === 'ignored') {
      this.#tellOnce(frame.what);
      return;
    }
    this.#frames.push(frame);
    this.#schedule();
  }

  /** The validator has read what was sent before a ping. */
  pong(ping: number): void {
    if (this.#deliveries.confirm(ping)) this.#schedule(KEEP_DELIVERED_MS);
  }

  /** The miner may have been paused: what waits is answered rather than held back without a word. */
  pauseChanged(): void {
    if (!this.#parts.isWorking() && this.#socket !== null) this.#refuseAll('paused');
  }

  /** Answers whatever is open with an error, as nobody will compute it. */
  close(): void {
    try {
      this.#refuseRest();
    } catch (error) {
      // What could not be kept as refused is computed after the next start.
      this.#parts.onError(error);
    }
    this.#isClosed = true;
    this.#deliveries.close();
    this.#callOffFlush?.();
    this.#callOffRetry?.();
  }

  #refuseRest(): void {
    this.#isLeaving = true;
    this.#refuseAll('stopped');
    for (const [id, { job, callOff }] of this.#out) {
      callOff();
      this.#refused.push({ id, jobId: job.jobId, code: 'stopped', message: MESSAGES.stopped });
    }
    this.#out.clear();
    this.#flushNow();
  }

  next(): QueuedJob | null {
    if (this.#isClosed || !this.#parts.isWorking()) return null;
    for (let id = this.#queue.shift(); id !== undefined; id = this.#queue.shift()) {
      const job = this.#parts.store.queued(id);
      if (job === null) continue;
      const limitMs = this.#parts.settings().jobTimeLimitSeconds * 1000;
      const out: Out = {
        job,
        ended: null,
        callOff: this.#parts.clock.after(limitMs, () => this.#timedOut(id)),
      };
      this.#out.set(id, out);
      this.#tell(job.jobId, 'computing');
      this.#parts.onChange();
      return job;
    }
    return null;
  }

  task({ payload }: QueuedJob): ComputeWork {
    return workOf(payload);
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
      this.#refuse(job, 'failed', 'this worker has no key');
      return;
    }
    const { resultHash, proof, engine, timings } = outcome;
    const computeMs = timings.generateMs + timings.multiplyMs + timings.commitMs + timings.selfCheckMs;
    const frame = resultFrame(job.jobId, address, outcome);
    const toSubmit = this.#parts.settings().jobSubmit;
    this.#answered.push({ job, answer: { frame, resultHash, proof, engine, computeMs, toSubmit } });
    this.#schedule(this.#queue.length > 0 ? KEEP_ANSWERS_MS : 0);
  }

  failed({ id }: QueuedJob, error: unknown, dropped: boolean): void {
    const out = this.#takeBack(id);
    if (out === null) return;
    const { job, ended } = out;
    const { code, message } = toErrorReport(error);
    if (ended !== null) this.#refuse(job, ended, MESSAGES[ended]);
    else if (dropped) this.#refuse(job, 'paused', MESSAGES.paused);
    else this.#refuse(job, code === 'invalid_matrix_size' ? 'too_large' : 'failed', message);
  }

  #takeBack(id: number): Out | null {
    const out = this.#out.get(id) ?? null;
    out?.callOff();
    this.#out.delete(id);
    return out;
  }

  #timedOut(id: number): void {
    const out = this.#out.get(id);
    if (out === undefined) return;
    out.ended = 'timeout';
    this.#parts.onWork();
  }

  #refuse({ id, jobId }: QueuedJob, code: JobErrorCode, message: string): void {
    this.#refused.push({ id, jobId, code, message });
    this.#schedule();
  }

  #refuseAll(code: 'paused' | 'stopped'): void {
    const waiting = this.#queue.splice(0);
    if (waiting.length === 0) return;
    for (const id of waiting) {
      const job = this.#parts.store.queued(id);
      if (job !== null) this.#refused.push({ id, jobId: job.jobId, code, message: MESSAGES[code] });
    }
    this.#schedule();
  }

  /** Keeps what there is: at the end of this turn of the event loop, or together with what comes in so many ms. */
  #schedule(withinMs = 0): void {
    if (this.#isClosed || this.#flush !== null || this.#callOffRetry !== null) return;
    if (withinMs > 0) {
      const dueMs = this.#parts.clock.monotonic() + withinMs;
      if (dueMs >= this.#flushDueMs) return;
      this.#callOffFlush?.();
      this.#flushDueMs = dueMs;
      this.#callOffFlush = this.#parts.clock.after(withinMs, () => this.#schedule());
      return;
    }
    this.#flush = setImmediate(() => this.#flushNow());
  }

  /** Keeps what came, was computed and was delivered since the last time, then acts on it. */
  #flushNow(): void {
    if (this.#flush !== null) clearImmediate(this.#flush);
    this.#callOffFlush?.();
    this.#flushDueMs = Number.POSITIVE_INFINITY;
    this.#flush = null;
    const frames = this.#frames.splice(0);
    const answered = this.#answered;
    const refused = this.#refused;
    const { database, store, clock, onAnswers, onError, onWork, onChange } = this.#parts;
    let replies: (() => void)[];
    let delivered: (string | null)[] = [];
    this.#keeping = 0;
    try {
      replies = inTransaction(database, () => {
        const now = clock.now();
        delivered = this.#deliveries.confirmed.map((id) => store.deliver(id, now));
        for (const { job, answer } of answered) store.answer(job.id, answer, now);
        for (const { id, code } of refused) store.refuse(id, code, now);
        return frames.map((frame) => this.#decide(frame, now));
      });
    } catch (error) {
      onError(error);
      for (const frame of frames) this.#replyUnkept(frame);
      // What was computed is kept as soon as the disk takes it.
      this.#callOffRetry = clock.after(KEEP_AGAIN_MS, () => {
        this.#callOffRetry = null;
        this.#schedule();
      });
      return;
    }
    this.#answered = [];
    this.#refused = [];
    this.#results += answered.length;
    this.#deliveries.forgetConfirmed();
    this.#keeping = 0;
    for (const { job, answer } of answered) {
      this.#tell(job.jobId, 'answered', { resultHash: answer.resultHash });
      this.#deliveries.send(job.id, answer.frame);
    }
    for (const { jobId, code, message } of refused) this.#say(jobId, code, message);
    for (const reply of replies) reply();
    for (const jobId of delivered) if (jobId !== null) this.#tell(jobId, 'delivered');
    if (answered.length > 0) onAnswers();
    onChange();
    onWork();
  }

  /** What is done for a frame; runs in the transaction. @returns what is to be done once it is committed */
  #decide(frame: Frame, now: number): () => void {
    if (frame.kind === 'ignored') return () => undefined;
    if (frame.kind === 'refused') return () => this.#say(frame.jobId, frame.code, frame.message);
    const { job } = frame;
    const { store, validator, account, isWorking } = this.#parts;
    const known = store.find(validator, job.jobId);
    if (known !== null && known.digest !== job.digest)
      return () => this.#say(job.jobId, 'conflict', MESSAGES.conflict);
    if (known?.state === 'queued') return () => undefined;
    if (known !== null && known.state !== 'refused') return () => this.#deliveries.sendKept(known.id);
    const { address } = account.state;
    if (address === null) return () => this.#say(job.jobId, 'failed', 'this worker has no key');
    if (this.#isLeaving) return () => this.#say(job.jobId, 'stopped', MESSAGES.stopped);
    if (!isWorking()) return () => this.#say(job.jobId, 'paused', MESSAGES.paused);
    if (this.#isFull) return () => this.#say(job.jobId, 'busy', MESSAGES.busy);
    return this.#keep(job, address, now);
  }

  #keep(job: Job, address: string, now: number): () => void {
    const id = this.#parts.store.add(this.#parts.validator, job, address, now);
    // It counts towards the limit at once, and waits to be drawn once it is kept.
    this.#keeping += 1;
    return () => {
      this.#queue.push(id);
      this.#tell(job.jobId, 'queued');
    };
  }

  get #isFull(): boolean {
    return this.#queue.length + this.#keeping + this.#out.size >= this.#parts.settings().jobQueueLimit;
  }

  #replyUnkept(frame: Frame): void {
    if (frame.kind === 'refused') this.#say(frame.jobId, frame.code, frame.message);
    if (frame.kind === 'job')
      this.#say(frame.job.jobId, 'failed', 'this worker can not keep it: its disk says no');
  }

  #say(jobId: string, code: JobErrorCode, message: string): void {
    this.#errors.set(code, (this.#errors.get(code) ?? 0) + 1);
    this.#socket?.send(errorFrame(jobId, code, message));
    this.#tell(jobId, 'refused', { code });
  }

  #tell(jobId: string, state: JobEvent['state'], more: Partial<JobEvent> = {}): void {
    this.#parts.onJob({ jobId, state, resultHash: null, code: null, ...more });
  }

  #tellOnce(what: string): void {
    if (this.#toldKinds.has(what) || this.#toldKinds.size >= TOLD_KINDS) return;
    this.#toldKinds.add(what);
    this.#parts.log(`The validator sent what is no job, and is ignored: ${what}.`);
  }
}
