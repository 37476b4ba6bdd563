import type { ComputeDone, ComputeReady, ComputeRequest } from '../../src-shared/ipc/compute';
import type { Pace } from '../../src-shared/ipc/pace';

/** From the page to its worker. */
export type ToWorker =
  | { readonly kind: 'run'; readonly request: ComputeRequest }
  | { readonly kind: 'cancel'; readonly runId: number }
  | { readonly kind: 'pace'; readonly pace: Pace };

/** From the worker to its page. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly info: Omit<ComputeReady, 'crossOriginIsolated'> }
  | { readonly kind: 'progress'; readonly runId: number; readonly done: number }
  | { readonly kind: 'done'; readonly message: ComputeDone };
