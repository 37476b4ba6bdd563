import type { JobErrorCode } from '../../src-shared/jobs/frames';
import type { Clock } from '../clock/clock';
import type { Database } from '../storage/database';
import { inTransaction } from '../storage/transaction';
import type { Deliveries } from './deliveries';
import type { JobAnswer, JobStore, QueuedJob } from './job-store';
import { fileOf } from './kept-payload';
import type { Frame, Job } from './read-job';

/** Why a job is not done, as its validator is told. */
export type Refusal = { readonly code: JobErrorCode; readonly message: string };

type Parts = {
  readonly database: Database;
  readonly store: JobStore;
  readonly deliveries: Deliveries;
  /** What the jobs are kept under: the validator's address. */
  readonly validator: string;
  /** Rows of jobs that were kept before, by whichever start of the app. */
  readonly kept: readonly number[];
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'after'>;
  /** For whom a new job is kept, or why it can't be taken; asked within the transaction. @param more jobs kept in it before */
  readonly admit: (job: Job, more: number) => { readonly account: string } | Refusal;
  /** What follows once it is committed. */
  readonly onQueued: (job: QueuedJob) => void;
  readonly onAnswered: (answered: readonly Answered[]) => void;
  readonly onRefused: (jobId: string, refusal: Refusal) => void;
  readonly onDelivered: (jobId: string) => void;
  /** Matrices in a file that no row names any more, or never did. */
  readonly onFileUnused: (file: string) => void;
  /** Something was committed. */
  readonly onCommitted: () => void;
  readonly onError: (error: unknown) => void;
};

export type Answered = { readonly job: QueuedJob; readonly answer: JobAnswer };
type Refused = { readonly job: QueuedJob; readonly refusal: Refusal };

// A disk that is full may have room again.
const KEEP_AGAIN_MS = 5000;

const CONFLICT: Refusal = { code: 'conflict', message: 'another job of this id came before' };
const UNKEPT: Refusal = { code: 'failed', message: 'this worker can not keep it: its disk says no' };

/**
 * What shares a commit: all that came of a validator, was computed for it and was shown to be delivered, within one turn
 * of the event loop or as long as nobody waits for it. What follows from it is done once it is committed.
 */
export class JobCommits {
  readonly #parts: Parts;
  #frames: Frame[] = [];
  #answered: Answered[] = [];
  #refused: Refused[] = [];
  #isClosed = false;
  /** Whether this turn of the event loop ends with a commit. */
  #isDue = false;
  #dueMs = Number.POSITIVE_INFINITY;
  #callOffDue: () => void = () => undefined;
  #callOffRetry: (() => void) | null = null;
  /** Jobs that a power cut may take back; another set once all of them are on the disk. */
  #unflushed: Set<number>;
  #isFlushing = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#unflushed = new Set(parts.kept);
  }

  /** A frame that was read. */
  take(frame: Frame): void {
    this.#frames.push(frame);
    this.schedule();
  }

  /** A job was computed. @param withinMs how long its answer may wait for others */
  answer(job: QueuedJob, answer: JobAnswer, withinMs: number): void {
    this.#answered.push({ job, answer });
    this.schedule(withinMs);
  }

  /** A job that was kept is not done after all. */
  refuse(job: QueuedJob, refusal: Refusal): void {
    this.#refused.push({ job, refusal });
    this.schedule();
  }

  /** Commits what there is: at the end of this turn of the event loop, or together with what comes in so many ms. */
  schedule(withinMs = 0): void {
    if (this.#isClosed || this.#isDue || this.#callOffRetry !== null) return;
    if (withinMs === 0) {
      this.#isDue = true;
      // All frames of one reading of the connection come before it; another turn of the loop takes a tenth of a millisecond.
      queueMicrotask(() => {
        if (this.#isDue) this.now();
      });
      return;
    }
    const { clock } = this.#parts;
    const dueMs = clock.monotonic() + withinMs;
    if (dueMs >= this.#dueMs) return;
    this.#callOffDue();
    this.#dueMs = dueMs;
    this.#callOffDue = clock.after(withinMs, () => this.schedule());
  }

  /** Commits at once what there is. */
  now(): void {
    this.#callOff();
    const { database, store, deliveries, clock, onError } = this.#parts;
    const frames = this.#frames.splice(0);
    const answered = this.#answered;
    const refused = this.#refused;
    let replies: (() => void)[];
    let delivered: (string | null)[];
    const keep = () => {
      const now = clock.now();
      const delivered = deliveries.confirmed.map((id) => store.deliver(id, now));
      for (const { job, answer } of answered) store.answer(job.id, answer, now);
      for (const { job, refusal } of refused) store.refuse(job.id, refusal.code, now);
      return { delivered, replies: this.#decideAll(frames, now) };
    };
    // A power cut may take back that a job came, or that an answer was read: nothing was said by it yet, or it is said again.
    // It may take back an answer too whose job is on the disk: that is computed again, to the same answer.
    const flush =
      refused.length > 0 || !answered.every(({ job }) => this.#comesBack(job)) ? 'flushed' : 'unflushed';
    try {
      ({ replies, delivered } = inTransaction(database, keep, flush));
    } catch (error) {
      onError(error);
      for (const frame of frames) this.#replyUnkept(frame);
      this.#retry();
      return;
    }
    this.#answered = [];
    this.#refused = [];
    if (flush === 'flushed') this.#unflushed = new Set();
    deliveries.forgetConfirmed();
    this.#follow(answered, refused, replies, delivered);
  }

  /** Commits nothing any more. */
  close(): void {
    this.#isClosed = true;
    this.#callOff();
    this.#callOffRetry?.();
  }

  #callOff(): void {
    this.#isDue = false;
    this.#callOffDue();
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  /** What was computed is kept as soon as the disk takes it. */
  #retry(): void {
    this.#callOffRetry ??= this.#parts.clock.after(KEEP_AGAIN_MS, () => {
      this.#callOffRetry = null;
      this.schedule();
    });
  }

  #follow(
    answered: readonly Answered[],
    refused: readonly Refused[],
    replies: readonly (() => void)[],
    delivered: readonly (string | null)[],
  ): void {
    const { deliveries, onAnswered, onRefused, onDelivered, onCommitted } = this.#parts;
    for (const { job, answer } of answered) deliveries.send(job.id, answer.frame);
    deliveries.flush();
    for (const { job } of [...answered, ...refused]) this.#fileUnused(job);
    if (answered.length > 0) onAnswered(answered);
    for (const { job, refusal } of refused) onRefused(job.jobId, refusal);
    for (const reply of replies) this.#attempt(reply);
    for (const jobId of delivered) if (jobId !== null) onDelivered(jobId);
    onCommitted();
    void this.#flush();
  }

  /** Whether a power cut leaves a job as it was before its answer. Matrices in a file are removed with the answer. */
  #comesBack({ id, payload }: QueuedJob): boolean {
    return !this.#unflushed.has(id) && fileOf(payload) === null;
  }

  /** Has jobs reach the disk while they are computed. */
  async #flush(): Promise<void> {
    if (this.#isFlushing || this.#unflushed.size === 0) return;
    this.#isFlushing = true;
    // They are on their way to be computed in this turn of the event loop, which somebody waits for.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#unflushed.size > 0) {
      const unflushed = this.#unflushed;
      const ids = [...unflushed];
      // Where it does not, their answers are flushed, and they with them.
      if (!(await this.#parts.database.flush())) break;
      // One that was refused and kept anew meanwhile is in another set.
      for (const id of ids) unflushed.delete(id);
    }
    this.#isFlushing = false;
  }

  /** An answer that can't be read back, as on a failing disk, keeps no other from being given. */
  #attempt(reply: () => void): void {
    try {
      reply();
    } catch (error) {
      this.#parts.onError(error);
    }
  }

  /** What is done for frames; runs in the transaction. @returns what is to be done once it is committed */
  #decideAll(frames: readonly Frame[], now: number): (() => void)[] {
    let kept = 0;
    return frames.map((frame) => {
      if (frame.kind === 'ignored') return () => undefined;
      if (frame.kind === 'refused') return () => this.#parts.onRefused(frame.jobId, frame);
      const { job } = frame;
      const { store, validator, admit, onQueued, onRefused } = this.#parts;
      const unkept = (then: () => void) => () => {
        this.#fileUnused(job);
        then();
      };
      const known = store.find(validator, job.jobId);
      if (known !== null && known.digest !== job.digest) return unkept(() => onRefused(job.jobId, CONFLICT));
      if (known?.state === 'queued') return unkept(() => undefined);
      if (known !== null && known.state !== 'refused')
        return unkept(() => this.#parts.deliveries.sendKept(known.id));
      const admitted = admit(job, kept);
      if ('code' in admitted) return unkept(() => onRefused(job.jobId, admitted));
      const id = store.add(validator, job, admitted.account, now);
      kept += 1;
      const { jobId, taskId, payload } = job;
      return () => {
        if (fileOf(payload) === null) this.#unflushed.add(id);
        onQueued({ id, jobId, taskId, account: admitted.account, payload });
      };
    });
  }

  #replyUnkept(frame: Frame): void {
    const { onRefused } = this.#parts;
    if (frame.kind === 'refused') onRefused(frame.jobId, frame);
    if (frame.kind !== 'job') return;
    this.#fileUnused(frame.job);
    onRefused(frame.job.jobId, UNKEPT);
  }

  #fileUnused({ payload }: Pick<Job, 'payload'>): void {
    const file = fileOf(payload);
    if (file !== null) this.#parts.onFileUnused(file);
  }
}
