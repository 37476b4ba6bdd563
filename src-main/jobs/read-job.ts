import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type JobErrorCode, jobFrameSchema, taskIdSchema } from '../../src-shared/jobs/frames';
import { base64Characters, type JobPayload, payloadJson, payloadSchema } from '../../src-shared/jobs/payload';
import { decodeMatrices, type GivenMatrices } from './given-matrices';
import type { KeptPayload } from './kept-payload';

/** A job as a validator hands it out. */
export type Job<Payload = KeptPayload> = {
  readonly jobId: string;
  readonly taskId: string;
  readonly payload: Payload;
  /** SHA-256 of what is asked for, hex: the same job comes again with the same. */
  readonly digest: string;
};

/** What a frame turns out to be. */
export type Frame =
  | { readonly kind: 'job'; readonly job: Job }
  /** A job that can't be done, to be answered with an error. */
  | {
      readonly kind: 'refused';
      readonly jobId: string;
      readonly code: JobErrorCode;
      readonly message: string;
    }
  /** Nothing that could be answered. @param what names its kind, to be told once */
  | { readonly kind: 'ignored'; readonly what: string };

/** A frame as it is read: a job with its matrices beside it, where it gives any. */
export type ReadFrame =
  | Exclude<Frame, { kind: 'job' }>
  | {
      readonly kind: 'job';
      readonly job: Job<JobPayload>;
      readonly matrices: GivenMatrices | null;
    };

const SHOWN_CHARACTERS = 40;
// Hash, address and field names, and a proof that opens eight of 16384 rows.
const MOST_BYTES_BESIDES = 8192;

/** Reads a frame from a validator; whatever it holds, it comes out as one of the three. @param frameBytes an answer's most */
export function readFrame(text: string, frameBytes: number): ReadFrame {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'ignored', what: 'no JSON' };
  }
  const frame = jobFrameSchema.safeParse(json);
  if (!frame.success) return { kind: 'ignored', what: nameOf(json) };
  const { job_id: jobId, task_id, payload } = frame.data;
  const refused = (code: JobErrorCode, message: string) =>
    ({ kind: 'refused', jobId, code, message }) as const;
  const taskId = taskIdSchema.safeParse(task_id);
  if (!taskId.success) return refused('invalid_job', 'task_id: a UUID is needed');
  const read = payloadSchema.safeParse(payload);
  if (!read.success)
    return refused(isOtherChallenge(read.error) ? 'unsupported' : 'invalid_job', why(read.error));
  const bytes = answerBytes(read.data, jobId);
  if (bytes > frameBytes) {
    return refused('too_large', `its answer would take ${bytes} bytes, more than a frame's ${frameBytes}`);
  }
  const job = { jobId, taskId: taskId.data, payload: read.data };
  const { challenge, shape } = read.data;
  const matrices = challenge === 'matrix_mult' ? decodeMatrices(shape, read.data) : null;
  return { kind: 'job', job: { ...job, digest: digestOf(job, matrices) }, matrices };
}

/** Bytes of a result's frame at the most. */
function answerBytes(payload: JobPayload, jobId: string): number {
  const { rows, columns } = payload.shape;
  const output = payload.challenge === 'matrix_mult' && payload.returnOutput;
  return MOST_BYTES_BESIDES + 6 * jobId.length + (output ? base64Characters(4 * rows * columns) : 0);
}

function digestOf(
  { taskId, payload }: { readonly taskId: string; readonly payload: JobPayload },
  matrices: GivenMatrices | null,
): string {
  // The seed stands for matrices of megabytes.
  const asked = matrices === null ? payload : { ...payload, a: '', b: '' };
  const hash = createHash('sha256').update(`${taskId}\n${payloadJson(asked)}`);
  return hash.update(matrices?.seed ?? '').digest('hex');
}

/** Where only the kind of challenge is unknown. */
function isOtherChallenge({ issues }: z.ZodError): boolean {
  return issues.some(({ code, path }) => code === 'invalid_union' && path[0] === 'challenge_type');
}

function why({ issues }: z.ZodError): string {
  const [first] = issues;
  return first === undefined
    ? 'no payload'
    : `payload.${first.path.join('.')}: ${first.message}`.slice(0, 300);
}

/** A frame's `type` as it may be printed. */
function nameOf(json: unknown): string {
  const type = z.object({ type: z.string() }).safeParse(json).data?.type;
  return type === undefined ? 'a frame without a type' : JSON.stringify(type.slice(0, SHOWN_CHARACTERS));
}
