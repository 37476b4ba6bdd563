import type { ComputeDone, ComputeReady, ComputeRequest } from './compute';
import type { Pace } from './pace';

/** What the compute preload puts on `window.computeHost`. */
export type ComputeApi = {
  onRun(listener: (request: ComputeRequest) => void): void;
  onCancel(listener: (runId: number) => void): void;
  onPace(listener: (pace: Pace) => void): void;
  ready(info: ComputeReady): Promise<void>;
  progress(runId: number, done: number): Promise<void>;
  done(message: ComputeDone): Promise<void>;
};
