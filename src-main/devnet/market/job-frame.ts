import type { JobPayload } from '../../../src-shared/jobs/payload';
import { recomputeCost } from '../../../src-shared/jobs/recompute-job';
import type { StoredPayload } from './task-store';

const PREFIX = 'job-';

/** What the slowest worker does, in multiplications a millisecond. */
const SLOWEST = 1e6;

/**
 * The frame that hands a task out. A job's id is its task's for ever, so that an answer is known after a reconnect and a
 * restart, and a worker that has done it answers from its record.
 */
export function jobFrame(taskId: string, { json }: StoredPayload): string {
  return `{"type":"job","job_id":"${PREFIX}${taskId}","task_id":"${taskId}","payload":${json}}`;
}

/** The task of a job; empty for an id that is none of ours. */
export function taskOf(jobId: string): string {
  return jobId.startsWith(PREFIX) ? jobId.slice(PREFIX.length) : '';
}

/** How long the slowest worker computes a job, ms. */
export function computeMs(payload: JobPayload): number {
  const iterations = payload.challenge === 'synthetic' ? payload.iterations : 1;
  return recomputeCost(payload.shape, iterations) / SLOWEST;
}
