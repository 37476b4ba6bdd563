import type { ErrorReport } from '../../src-shared/errors';
import type { ComputeOutcome, ComputeRequest } from '../../src-shared/ipc/compute';
import type { AdapterInfo } from '../../src-shared/ipc/snapshot';

/** What the compute process is doing. */
export type ComputeStatus = {
  readonly state: 'starting' | 'ready' | 'busy' | 'failed';
  /** Null while starting, and where there is none. */
  readonly adapter: AdapterInfo | null;
  /** Why there is no adapter, or why the process is not up. */
  readonly error: ErrorReport | null;
  /** Share done of the run in hand, 0…1. */
  readonly progress: number;
};

/** Whatever multiplies: in the app a hidden renderer, in tests the same code in-process. */
export type ComputeBackend = {
  readonly status: ComputeStatus;
  /** Calls back at each change of `status`. */
  onChange(listener: () => void): void;
  /** One product with its proof, self-checked. @throws AppError `compute_*`, `gpu_*`, `self_check_failed` */
  run(request: Omit<ComputeRequest, 'runId'>, signal: AbortSignal): Promise<ComputeOutcome>;
};
