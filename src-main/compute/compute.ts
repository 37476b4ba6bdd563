import type { LaneProgress, LaneStatus } from '../../src-shared/compute/lane-status';
import { AppError, type ErrorReport } from '../../src-shared/errors';
import type { ComputeOutcome, RowsJob } from '../../src-shared/ipc/compute';
import type { Settings } from '../../src-shared/settings/settings';
import { ComputeQueue, type Priority } from './compute-queue';
import { type ComputeTask, type ComputeWork, productsAtOnce } from './compute-task';
import { iterated } from './iterated';
import type { Lane, LaneChange } from './lane';

/** How urgent work is, and after how long waiting it is one step more so. */
export type Urgency = { readonly priority: Priority; readonly ageMs?: number | undefined };

/** Everything that computes, behind one door: the lanes, and the queue that is the only way to them. */
export class Compute {
  readonly #lanes: readonly Lane[];
  readonly #queue: ComputeQueue<Lane>;

  /** @param lanes at least one @param monotonic ms of a clock that never goes back */
  constructor(lanes: readonly Lane[], monotonic: () => number) {
    this.#lanes = lanes;
    this.#queue = new ComputeQueue(lanes, monotonic);
  }

  get status(): LaneStatus[] {
    return this.#lanes.map(({ status }) => status);
  }

  /** Whether any lane is up. */
  get isUp(): boolean {
    return this.#lanes.some(({ isUp }) => isUp);
  }

  /** Why nothing can compute, or null where a lane is up or being started. */
  get failure(): ErrorReport | null {
    const { status } = this;
    return status.every(({ state }) => state === 'failed') ? (status[0]?.error ?? null) : null;
  }

  /** Of the lanes that are at work. */
  get progress(): LaneProgress[] {
    return this.#lanes.flatMap(({ progress }) => (progress === null ? [] : [progress]));
  }

  /** Calls back at each change of any lane; returns the function that stops it. */
  onChange(listener: (change: LaneChange) => void): () => void {
    const stops = this.#lanes.map((lane) => lane.onChange(listener));
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Whether nothing is to be computed for a while: what computing holds may be let go of. */
  letRest(isAllowed: boolean): void {
    for (const lane of this.#lanes) lane.letRest(isAllowed);
  }

  /** Applies what a person set. */
  configure(settings: Settings): void {
    for (const lane of this.#lanes) lane.configure(settings);
  }

  /**
   * A task with its proof, self-checked. Between iterations the lane is free for what is more urgent.
   * @throws AppError `compute_*`, `gpu_*`, `self_check_failed`, `invalid_matrix_size`; the signal's reason
   */
  run({ priority, ageMs }: Urgency, work: ComputeWork, signal: AbortSignal): Promise<ComputeOutcome> {
    return iterated(work, (task) => {
      const run = (lane: Lane, until: AbortSignal) => lane.run(task, until);
      const age = ageMs === undefined ? {} : { ageMs };
      const atOnce = productsAtOnce(task.shape);
      return this.#queue.add({ priority, ...age, atOnce, preemptible: false, lane: null, run }, signal);
    });
  }

  /** Digests of rows of C of anybody's task, for an audit; see `Lane.recomputeRows`. */
  recomputeRows(rows: Omit<RowsJob, 'kind'>, signal: AbortSignal): Promise<readonly Uint8Array[]> {
    const run = (lane: Lane, until: AbortSignal) => lane.recomputeRows(rows, until);
    return this.#queue.add({ priority: 'audit', preemptible: true, lane: null, run }, signal);
  }

  /** Anybody's whole task, for an audit; see `Lane.recompute`. */
  recompute(task: ComputeTask, signal: AbortSignal): Promise<ComputeOutcome> {
    const run = (lane: Lane, until: AbortSignal) => lane.recompute(task, until);
    return this.#queue.add({ priority: 'audit', preemptible: true, lane: null, run }, signal);
  }

  /** Times a lane's kernels anew for the sizes in use. @throws AppError `not_found`, `gpu_*`, `compute_*` */
  async measure(lane: string, signal: AbortSignal): Promise<void> {
    this.#lane(lane);
    const run = (its: Lane, until: AbortSignal) => its.measure(until);
    await this.#queue.add({ priority: 'measure', preemptible: true, lane, run }, signal);
  }

  /** Uses a lane's adapter again whose results were wrong. @throws AppError `not_found` */
  releaseAdapter(lane: string): void {
    this.#lane(lane).releaseAdapter();
  }

  #lane(id: string): Lane {
    const lane = this.#lanes.find((candidate) => candidate.id === id);
    if (lane !== undefined) return lane;
    throw new AppError('not_found', `There is no lane ${id}.`, { remedy: 'fix_input' });
  }
}
