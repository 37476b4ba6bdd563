import type { TaskJob } from '../../src-shared/ipc/compute';

/** A task without how it is computed. */
export type ComputeTask = Omit<TaskJob, 'kind' | 'method'>;
