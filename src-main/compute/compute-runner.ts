import type { AdapterInfo } from '../../src-shared/compute/adapter';
import type { ErrorReport } from '../../src-shared/errors';
import type {
  ComputeOutcome,
  Job,
  JobTime,
  KernelsMeasured,
  MeasureJob,
  RowsJob,
  RowsRecomputed,
  TaskJob,
} from '../../src-shared/ipc/compute';
import type { Pace } from '../../src-shared/ipc/pace';

/** What the compute process is doing. */
export type RunnerStatus = {
  readonly state: 'starting' | 'ready' | 'busy' | 'failed';
  /** Null while starting, and where there is none. */
  readonly adapter: AdapterInfo | null;
  /** Why there is no adapter, or why the process is not up. */
  readonly error: ErrorReport | null;
  /** Share done of the job in hand, 0…1. */
  readonly progress: number;
};

/** What a job is answered with. */
export type AnswerOf<J extends Job> = J extends TaskJob
  ? ComputeOutcome
  : J extends MeasureJob
    ? KernelsMeasured
    : J extends RowsJob
      ? RowsRecomputed
      : never;

/** Whatever runs jobs, one at a time: in the app a hidden renderer, in tests the same code in-process. */
export type ComputeRunner = {
  readonly status: RunnerStatus;
  /** Calls back at each change of `status`; returns the function that stops it. */
  onChange(listener: () => void): () => void;
  /**
   * One job. @throws AppError `compute_*`, `gpu_*`, `self_check_failed`, `invalid_matrix_size`
   * @param onTook told what it took before it ends, well or not; not where nobody can tell any more
   */
  run<J extends Job>(job: J, signal: AbortSignal, onTook: (took: JobTime) => void): Promise<AnswerOf<J>>;
  /** How hard to work from now on. */
  setPace(pace: Pace): void;
  /** Whether what it holds may be let go of while it has nothing to do: there is nothing to come for a while. */
  letRest(isAllowed: boolean): void;
  /** Looks for an adapter anew, where there is none: it may only have been late. */
  lookForAdapter(): void;
};
