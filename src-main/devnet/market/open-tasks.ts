import type { JobAnswer } from '../../../src-shared/jobs/job-audit';
import { MARKET_LIMITS } from './market-limits';
import type { UnfinishedTask } from './task-store';
import type { Worker } from './worker';

/** A result that waits for its audit. */
export type Answer = JobAnswer & { readonly workerAddress: string };

/** A task that is not over. */
export class OpenTask {
  readonly taskId: string;
  /** Unix seconds. */
  readonly deadline: number;
  readonly payloadBytes: number;
  /** Who computes it; more than one only where one was late. */
  readonly hands = new Set<Worker>();
  readonly answers: Answer[] = [];
  isAudited = false;
  refusals = 0;
  wasHandedOut = false;
  /** Monotonic ms until which a worker is not asked for it again. */
  readonly #notBeforeMs = new WeakMap<Worker, number>();

  constructor({ taskId, deadline, payloadBytes }: UnfinishedTask) {
    this.taskId = taskId;
    this.deadline = deadline;
    this.payloadBytes = payloadBytes;
  }

  /** Whether somebody computes it or an answer is looked at. */
  get isCared(): boolean {
    return this.hands.size > 0 || this.isAudited;
  }

  avoid(worker: Worker, untilMs: number): void {
    this.#notBeforeMs.set(worker, untilMs);
  }

  notBeforeMs(worker: Worker): number {
    return this.#notBeforeMs.get(worker) ?? 0;
  }
}

/** The tasks that are not over, and those among them that wait for a worker: what comes back goes before what is new. */
export class OpenTasks {
  readonly #all = new Map<string, OpenTask>();
  readonly #again = new Set<OpenTask>();
  readonly #fresh = new Set<OpenTask>();
  #bytes = 0;

  get hasRoom(): boolean {
    return this.#all.size < MARKET_LIMITS.openTasks && this.#bytes < MARKET_LIMITS.openBytes;
  }

  get isEmpty(): boolean {
    return this.#all.size === 0;
  }

  add(task: OpenTask): void {
    this.#all.set(task.taskId, task);
    this.#fresh.add(task);
    this.#bytes += task.payloadBytes;
  }

  get(taskId: string): OpenTask | undefined {
    return this.#all.get(taskId);
  }

  [Symbol.iterator](): Iterator<OpenTask> {
    return this.#all.values();
  }

  /** In the order in which they are to be handed out; what is taken meanwhile is no longer among them. */
  *waiting(): Generator<OpenTask> {
    yield* this.#again;
    yield* this.#fresh;
  }

  /** It no longer waits. */
  take(task: OpenTask): void {
    this.#again.delete(task);
    this.#fresh.delete(task);
  }

  /** It waits again. */
  putBack(task: OpenTask): void {
    if (this.#all.has(task.taskId)) this.#again.add(task);
  }

  /** It is over. */
  remove(task: OpenTask): void {
    this.take(task);
    if (this.#all.delete(task.taskId)) this.#bytes -= task.payloadBytes;
  }
}
