import type { Engine } from '../../src-shared/compute/engine';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';

/** A task to compute (matrix-mult-v1.md, "Task"). */
export type Task = {
  /** 32 bytes. */
  readonly seed: Uint8Array;
  /** N, 1…16384. */
  readonly n: number;
};

export type TaskOptions = {
  readonly signal: AbortSignal;
  /** Told the share done, 0…1, now and then. */
  readonly onProgress: (done: number) => void;
};

/** What a proof is made of; all 32 bytes. */
export type Commitment = {
  readonly root: Uint8Array;
  /** Audit path of a row, leaf to root. */
  path(row: number): Uint8Array[];
};

/** A task done, and self-checked. */
export type TaskResult = {
  readonly commitment: Commitment;
  /** How long each part took, ms of wall clock. */
  readonly timings: ComputeOutcome['timings'];
};

/** Does a whole task: generates the matrices, multiplies, commits, and checks the product. */
export type TaskEngine = {
  readonly name: Engine;
  /**
   * @throws AppError `self_check_failed`, `gpu_failed`, `compute_failed`; `invalid_matrix_size` where the task needs more
   *   memory than there is; the signal's reason where it fires
   */
  compute(task: Task, options: TaskOptions): Promise<TaskResult>;
};
