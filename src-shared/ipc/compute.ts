import { z } from 'zod';
import { errorReportSchema } from './error-report';
import { MATRIX_SIZE_LIMIT } from './limits';
import { adapterSchema } from './snapshot';
import { engineSchema } from './task-row';

const hex32 = z.string().regex(/^[0-9a-f]{64}$/);

/** One product for the compute renderer: everything it needs, nothing it could leak. */
export const computeRequestSchema = z.object({
  runId: z.number().int().nonnegative(),
  engine: engineSchema,
  seed: hex32,
  matrixSize: z.number().int().min(1).max(MATRIX_SIZE_LIMIT),
  blockHeight: z.number().int().nonnegative(),
  openedRows: z.number().int().min(1).max(256),
});
export type ComputeRequest = z.infer<typeof computeRequestSchema>;

export const timingsSchema = z.object({
  generateMs: z.number(),
  multiplyMs: z.number(),
  commitMs: z.number(),
  selfCheckMs: z.number(),
});

/** What comes back: the commitment's root and the proof, self-checked where they were made. */
export const computeOutcomeSchema = z.object({
  resultHash: hex32,
  proof: z
    .string()
    .regex(/^[0-9a-f]*$/)
    .max(1 << 20),
  engine: engineSchema,
  timings: timingsSchema,
});
export type ComputeOutcome = z.infer<typeof computeOutcomeSchema>;

/** Sent once by the compute renderer after it looked for an adapter, and again whenever that changes. */
export const computeReadySchema = z.object({
  adapter: adapterSchema.nullable(),
  adapterError: errorReportSchema.nullable(),
  crossOriginIsolated: z.boolean(),
});
export type ComputeReady = z.infer<typeof computeReadySchema>;

export const computeDoneSchema = z.object({
  runId: z.number().int().nonnegative(),
  result: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value: computeOutcomeSchema }),
    z.object({ ok: z.literal(false), error: errorReportSchema }),
  ]),
});
export type ComputeDone = z.infer<typeof computeDoneSchema>;

export const computeProgressSchema = z.object({
  runId: z.number().int().nonnegative(),
  done: z.number().min(0).max(1),
});
