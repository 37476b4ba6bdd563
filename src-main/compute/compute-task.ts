import type { TaskJob } from '../../src-shared/ipc/compute';

/** A product without how it is computed. */
export type ComputeTask = Omit<TaskJob, 'kind' | 'method'>;

/** Products one after the other, each from the seed that follows (matrix-mult-v1.md, "Commitment"); mostly one. */
export type ComputeWork = ComputeTask & { readonly iterations: number };
