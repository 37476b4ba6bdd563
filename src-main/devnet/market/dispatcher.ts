import type { JobError, JobResult } from '../../../src-shared/jobs/frames';
import type { JobVerdict } from '../../../src-shared/jobs/job-audit';
import type { Clock } from '../../clock/clock';
import { seconds } from '../seconds';
import type { Auditor } from './auditor';
import { chooseWorker } from './choose-worker';
import { computeMs, jobFrame, taskOf } from './job-frame';
import { MARKET_LIMITS } from './market-limits';
import type { NewTask } from './market-task';
import { type Answer, OpenTask, OpenTasks } from './open-tasks';
import type { TaskStore } from './task-store';
import { WakeUp } from './wake-up';
import { Worker } from './worker';
import { readWorkerFrame } from './worker-frame';
import type { WorkerLink } from './worker-link';

const SWEEP_MS = 1000;
/** How soon a worker is asked again for a task that it refused or was late with, where there is no other. */
const AVOID_MS = 5000;
/** How soon what failed in the store is tried again. */
const STORE_RETRY_MS = 1000;

/** Close code of a frame that was too large (RFC 6455, section 7.4.1). */
const TOO_LARGE = 1009;

/** The worker has no time now, which says nothing about the task. */
const NOT_NOW: ReadonlySet<JobError['code']> = new Set(['busy', 'paused', 'stopped']);

const DAMAGED = 'its payload is damaged';

type Parts = {
  readonly store: TaskStore;
  readonly auditor: Auditor;
  readonly clock: Clock;
  readonly random: () => number;
  /** How long a worker has for a job, beside what its size takes. */
  readonly jobTimeoutMs: number;
  readonly onError: (error: unknown) => void;
};

/**
 * Hands tasks to workers and takes their answers: the first that audits is the task's result. Each task ends, at its
 * deadline at the latest.
 */
export class Dispatcher {
  readonly #parts: Parts;
  readonly #open = new OpenTasks();
  readonly #workers = new Set<Worker>();
  readonly #wakeUp: WakeUp;
  #callOffSweep: (() => void) | null = null;
  #isClosed = false;

  constructor(parts: Parts) {
    const { clock, store } = parts;
    this.#parts = parts;
    for (const task of store.unfinished()) this.#open.add(new OpenTask(task));
    this.#wakeUp = new WakeUp(clock, () => this.#handOut());
    this.#sweepSoon();
  }

  /** Whether one more task may be added. */
  get hasRoom(): boolean {
    return this.#open.hasRoom;
  }

  get workerCount(): number {
    return this.#workers.size;
  }

  /** Takes a task on. @throws AppError where it cannot be stored */
  add(task: NewTask): void {
    this.#parts.store.add(task);
    this.#open.add(new OpenTask({ ...task, payloadBytes: task.payloadJson.length }));
    this.#sweepSoon();
    this.#handOut();
  }

  /** Takes a worker on. */
  welcome(link: WorkerLink): void {
    const worker = new Worker(link, this.#parts.clock, this.#parts.random);
    this.#workers.add(worker);
    link.listen({
      onFrame: (text) => this.#hear(worker, text),
      onGone: (code) => this.#gone(worker, code),
    });
    this.#handOut();
  }

  /** Ends everything; nothing is stored or handed out any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#callOffSweep?.();
    this.#wakeUp.stop();
    this.#parts.auditor.stop();
    for (const worker of this.#workers) for (const taskId of worker.taskIds) worker.letGo(taskId);
    await Promise.all([...this.#workers].map(({ link }) => link.close()));
  }

  #handOut(): void {
    if (this.#isClosed) return;
    const now = this.#parts.clock.monotonic();
    let soonestMs = Number.POSITIVE_INFINITY;
    try {
      for (const task of this.#open.waiting()) {
        const choice = chooseWorker(task, this.#workers, now);
        if (choice === 'full') break;
        if ('worker' in choice) this.#hand(task, choice.worker);
        else soonestMs = Math.min(soonestMs, choice.askAgainMs);
      }
    } catch (error) {
      this.#parts.onError(error);
      soonestMs = Math.min(soonestMs, now + STORE_RETRY_MS);
    }
    if (soonestMs < Number.POSITIVE_INFINITY) this.#wakeUp.at(soonestMs);
  }

  #hand(task: OpenTask, worker: Worker): void {
    const { store, jobTimeoutMs } = this.#parts;
    const { taskId } = task;
    const payload = store.payload(taskId);
    if (payload === null) {
      this.#fail(task, DAMAGED, null);
      return;
    }
    store.setStatus(taskId, 'in_progress');
    this.#open.take(task);
    task.hands.add(worker);
    worker.take(taskId, jobTimeoutMs + computeMs(payload.job), () => this.#late(taskId, worker));
    worker.link.sendJob(jobFrame(taskId, payload), !task.wasHandedOut);
    task.wasHandedOut = true;
  }

  #hear(worker: Worker, text: string): void {
    if (this.#isClosed) return;
    const frame = readWorkerFrame(text);
    if (frame.kind === 'result') this.#answered(worker, frame.result);
    else if (frame.kind === 'error') this.#refused(worker, frame.error);
    else if (frame.kind === 'spoilt')
      this.#gaveUp(worker, taskOf(frame.jobId), `an answer can't be read: ${frame.why}`);
  }

  #answered(worker: Worker, result: JobResult): void {
    const taskId = taskOf(result.job_id);
    const task = this.#open.get(taskId);
    worker.letGo(taskId);
    worker.wasUseful();
    task?.hands.delete(worker);
    if (task !== undefined && task.answers.length < MARKET_LIMITS.answers) {
      this.#open.take(task);
      task.answers.push({
        resultHash: result.result_hash,
        workerAddress: result.worker_address,
        proof: result.proof,
        output: result.output ?? null,
      });
      if (!task.isAudited) void this.#judge(task);
    }
    this.#handOut();
  }

  /** Looks at a task's answers in the order in which they came, until one is right. */
  async #judge(task: OpenTask): Promise<void> {
    const { store, clock, onError } = this.#parts;
    task.isAudited = true;
    try {
      for (let answer = task.answers.shift(); answer !== undefined; answer = task.answers.shift()) {
        const verdict = await this.#audit(task, answer);
        if (this.#isClosed) return;
        const { resultHash, workerAddress } = answer;
        if (verdict.ok) {
          const completedAt = seconds(clock);
          store.complete(task.taskId, { resultHash, workerAddress, completedAt }, verdict.kind);
          return this.#open.remove(task);
        }
        // Where another has it in hand too, that answer is still waited for.
        if (task.answers.length === 0 && task.hands.size === 0)
          return this.#fail(task, `the result does not audit: ${verdict.why}`, workerAddress);
      }
      task.isAudited = false;
    } catch (error) {
      task.isAudited = false;
      if (this.#isClosed) return;
      onError(error);
      this.#again(task);
      this.#wakeUp.at(clock.monotonic() + STORE_RETRY_MS);
    }
  }

  async #audit({ taskId }: OpenTask, answer: Answer): Promise<JobVerdict> {
    const { store, auditor } = this.#parts;
    const payload = store.payload(taskId);
    return payload === null ? { ok: false, why: DAMAGED } : auditor.audit(payload.job, answer);
  }

  #refused(worker: Worker, { job_id, code, message }: JobError): void {
    const taskId = taskOf(job_id);
    if (!worker.has(taskId)) return;
    if (NOT_NOW.has(code)) {
      worker.rest();
      this.#release(worker, taskId);
      this.#handOut();
    } else {
      this.#gaveUp(worker, taskId, `${code}: ${message}`);
    }
  }

  #gaveUp(worker: Worker, taskId: string, why: string): void {
    if (!worker.has(taskId)) return;
    const task = this.#open.get(taskId);
    task?.avoid(worker, this.#parts.clock.monotonic() + AVOID_MS);
    if (task !== undefined) this.#countRefusal(task, why);
    this.#release(worker, taskId);
    this.#handOut();
  }

  #countRefusal(task: OpenTask, why: string): void {
    task.refusals += 1;
    if (task.refusals >= MARKET_LIMITS.refusals && !task.isAudited && task.hands.size <= 1)
      this.#fail(task, `refused ${task.refusals} times, the last time with ${why.slice(0, 300)}`, null);
  }

  #late(taskId: string, worker: Worker): void {
    this.#open.get(taskId)?.avoid(worker, this.#parts.clock.monotonic() + AVOID_MS);
    worker.rest();
    this.#release(worker, taskId);
    this.#handOut();
  }

  #gone(worker: Worker, code: number): void {
    this.#workers.delete(worker);
    for (const taskId of worker.taskIds) {
      const task = this.#open.get(taskId);
      // To try again would end the next connection too.
      if (code === TOO_LARGE && task !== undefined && task.payloadBytes > MARKET_LIMITS.usualFrameBytes / 2)
        this.#countRefusal(task, 'a frame that is too large for the worker');
      this.#release(worker, taskId);
    }
    this.#handOut();
  }

  /** The worker has the task no longer in hand; unless somebody else cares for it, it waits again. */
  #release(worker: Worker, taskId: string): void {
    worker.letGo(taskId);
    const task = this.#open.get(taskId);
    task?.hands.delete(worker);
    if (task !== undefined) this.#again(task);
  }

  #again(task: OpenTask): void {
    if (this.#isClosed || task.isCared) return;
    this.#open.putBack(task);
    try {
      this.#parts.store.setStatus(task.taskId, 'pending');
    } catch (error) {
      this.#parts.onError(error);
    }
  }

  #fail(task: OpenTask, reason: string, workerAddress: string | null): void {
    this.#parts.store.fail(task.taskId, reason, workerAddress, seconds(this.#parts.clock));
    this.#open.remove(task);
  }

  /** Looks for what is past its deadline once a second, for as long as anything is open. */
  #sweepSoon(): void {
    if (this.#open.isEmpty || this.#isClosed) return;
    this.#callOffSweep ??= this.#parts.clock.after(SWEEP_MS, () => {
      this.#callOffSweep = null;
      try {
        this.#sweep();
      } catch (error) {
        this.#parts.onError(error);
      }
      this.#sweepSoon();
    });
  }

  #sweep(): void {
    const now = seconds(this.#parts.clock);
    for (const task of this.#open) {
      // An answer that came in time is still looked at.
      if (task.deadline <= now && !task.isAudited)
        this.#fail(task, 'nobody answered before the deadline', null);
    }
  }
}
