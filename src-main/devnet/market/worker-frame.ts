import { z } from 'zod';
import {
  type JobError,
  type JobResult,
  jobErrorSchema,
  jobResultSchema,
} from '../../../src-shared/jobs/frames';

/** What a worker's frame turns out to be. */
export type WorkerFrame =
  | { readonly kind: 'result'; readonly result: JobResult }
  | { readonly kind: 'error'; readonly error: JobError }
  /** An answer to a job that cannot be read. */
  | { readonly kind: 'spoilt'; readonly jobId: string; readonly why: string }
  /** A greeting, a kind that nobody knows, or no JSON. */
  | { readonly kind: 'ignored' };

const namedSchema = z.object({ type: z.enum(['job_result', 'job_error']), job_id: z.string() });

/** Reads a frame from a worker; whatever it holds, it comes out as one of the four. */
export function readWorkerFrame(text: string): WorkerFrame {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'ignored' };
  }
  const named = namedSchema.safeParse(json).data;
  if (named === undefined) return { kind: 'ignored' };
  if (named.type === 'job_result') {
    const read = jobResultSchema.safeParse(json);
    return read.success ? { kind: 'result', result: read.data } : spoilt(named.job_id, read.error);
  }
  const read = jobErrorSchema.safeParse(json);
  return read.success ? { kind: 'error', error: read.data } : spoilt(named.job_id, read.error);
}

function spoilt(jobId: string, { issues }: z.ZodError): WorkerFrame {
  const [first] = issues;
  return { kind: 'spoilt', jobId, why: `${first?.path.join('.')}: ${first?.message}` };
}
