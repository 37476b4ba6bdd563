import { z } from 'zod';
import { engineSchema } from '../compute/engine';
import { JOB_ERROR_CODES } from './frames';

/**
 * Where a job stands: waiting or being computed; answered, which is kept before it is sent; delivered, once the validator
 * has shown that it read it; refused, with an error for an answer.
 */
export const JOB_STATES = ['queued', 'answered', 'delivered', 'refused'] as const;

/** A job as lists show it. Times are ms since the epoch. */
export const jobRowSchema = z.object({
  id: z.number().int(),
  validator: z.string(),
  jobId: z.string(),
  taskId: z.string(),
  challenge: z.enum(['synthetic', 'matrix_mult']),
  /** Sizes of the product, `rows × inner × columns`, or N where they are one. */
  shape: z.string(),
  state: z.enum(JOB_STATES),
  resultHash: z.string().nullable(),
  engine: engineSchema.nullable(),
  computeMs: z.number().nullable(),
  error: z.enum(JOB_ERROR_CODES).nullable(),
  receivedAtMs: z.number().int(),
  answeredAtMs: z.number().int().nullable(),
  deliveredAtMs: z.number().int().nullable(),
});
export type JobRow = z.infer<typeof jobRowSchema>;
