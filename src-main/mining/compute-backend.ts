import type { ComputeOutcome, RowsJob, TaskJob } from '../../src-shared/ipc/compute';
import type { Settings, Snapshot } from '../../src-shared/ipc/snapshot';

/** What the screens show of the engines, but for what the miner itself counts. */
export type ComputeStatus = Omit<Snapshot['compute'], 'taskId' | 'lastGops'>;

/** A task without how it is computed. */
export type ComputeTask = Omit<TaskJob, 'kind' | 'method'>;

/** Whatever computes tasks. */
export type ComputeBackend = {
  readonly status: ComputeStatus;
  /** Calls back at each change of `status`; returns the function that stops it. */
  onChange(listener: () => void): () => void;
  /** Applies what a person set. */
  configure(settings: Settings): void;
  /** One task with its proof, self-checked. @throws AppError `compute_*`, `gpu_*`, `self_check_failed`, `invalid_matrix_size` */
  run(task: ComputeTask, signal: AbortSignal): Promise<ComputeOutcome>;
  /**
   * Rows of C of anybody's task, for an audit: their digests, in the order asked for. On the processor, whose
   * word no driver can spoil; nothing that fails is held against an engine. @throws AppError `compute_*`, `invalid_matrix_size`
   */
  recomputeRows(rows: Omit<RowsJob, 'kind'>, signal: AbortSignal): Promise<readonly Uint8Array[]>;
  /** Anybody's whole task, as `recomputeRows`. @throws AppError `compute_*`, `self_check_failed`, `invalid_matrix_size` */
  recompute(task: ComputeTask, signal: AbortSignal): Promise<ComputeOutcome>;
  /** Times the kernels anew for the sizes in use. @throws AppError `gpu_*`, `compute_*` */
  measure(): Promise<void>;
  /** Uses an adapter again whose results were wrong. */
  releaseAdapter(): void;
};
