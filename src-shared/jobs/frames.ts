import { z } from 'zod';
import { JOB_LIMITS } from './limits';

/** Why a worker does not answer a job with a result. */
export const JOB_ERROR_CODES = [
  /** Its queue is full: later, or another worker. */
  'busy',
  /** It is paused, or about to end: another worker. */
  'paused',
  'stopped',
  /** Not a job, or one of sizes that are not allowed. */
  'invalid_job',
  /** A kind of challenge that it does not know. */
  'unsupported',
  /** Its answer would not fit into a frame, or its matrices not into memory. */
  'too_large',
  /** It has had another job of this id. */
  'conflict',
  'timeout',
  'failed',
] as const;
export type JobErrorCode = (typeof JOB_ERROR_CODES)[number];

/** The least that makes a frame a job: enough to answer it. */
export const jobFrameSchema = z.object({
  type: z.literal('job'),
  job_id: z.string().min(1).max(JOB_LIMITS.jobIdCharacters),
  task_id: z.unknown().optional(),
  payload: z.unknown().optional(),
});
/** A UUID of any version, as the validator writes it. */
export const taskIdSchema = z.guid();

/** Worker → validator: a job's result (poc-protocol.md, "Worker ⇄ PoC validator"). */
export const jobResultSchema = z.object({
  type: z.literal('job_result'),
  job_id: z.string(),
  worker_address: z.string(),
  result_hash: z.string(),
  proof: z.string().nullable(),
  /** C, base64 of little-endian int32, row-major; only where it was asked for. */
  output: z.string().optional(),
});
export type JobResult = z.infer<typeof jobResultSchema>;

/** Worker → validator: why a job has no result. */
export const jobErrorSchema = z.object({
  type: z.literal('job_error'),
  job_id: z.string(),
  code: z.enum(JOB_ERROR_CODES),
  message: z.string(),
});
export type JobError = z.infer<typeof jobErrorSchema>;

/** Worker → validator, first of all, where the person wants to introduce the worker. */
export const helloSchema = z.object({
  type: z.literal('hello'),
  worker_address: z.string(),
  agent: z.string(),
  engines: z.array(z.string()),
  /** ECDSA over SHA-256 of UTF-8 worker_address + agent + timestamp, hex. */
  signature: z.string(),
  /** Unix seconds. */
  timestamp: z.number().int(),
});
export type Hello = z.infer<typeof helloSchema>;
