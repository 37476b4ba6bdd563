import { z } from 'zod';
import { adapterSchema } from '../compute/adapter';
import { engineSchema } from '../compute/engine';
import { errorReportSchema } from './error-report';
import { kernelMeasurementSchema, kernelNameSchema, sizeClassSchema } from './kernel-choice';
import { MATRIX_SIZE_LIMIT } from './limits';

// Rows that a proof opens, or an audit recomputes: enough to catch a cheat.
const MOST_ROWS = 256;
const hex32 = z.string().regex(/^[0-9a-f]{64}$/);
const runId = z.number().int().nonnegative();

/** How a task is to be computed. */
const methodSchema = z.discriminatedUnion('engine', [
  z.object({ engine: z.literal('cpu') }),
  z.object({
    engine: z.literal('webgpu'),
    kernel: kernelNameSchema,
    /** Whether the adapter also generates, hashes and checks, and only digests come back. */
    wholeTask: z.boolean(),
  }),
]);
export type Method = z.infer<typeof methodSchema>;

/** One task for the compute renderer: everything it needs, nothing it could leak. */
export const taskJobSchema = z.object({
  kind: z.literal('task'),
  method: methodSchema,
  seed: hex32,
  matrixSize: z.number().int().min(1).max(MATRIX_SIZE_LIMIT),
  blockHeight: z.number().int().nonnegative(),
  openedRows: z.number().int().min(1).max(MOST_ROWS),
});
export type TaskJob = z.infer<typeof taskJobSchema>;

/** Times the kernels on the adapter, and checks each. */
export const measureJobSchema = z.object({ kind: z.literal('measure'), sizeClass: sizeClassSchema });
export type MeasureJob = z.infer<typeof measureJobSchema>;

/** Recomputes rows of C of a task, for an audit. */
export const rowsJobSchema = z.object({
  kind: z.literal('rows'),
  seed: hex32,
  matrixSize: z.number().int().min(1).max(MATRIX_SIZE_LIMIT),
  rows: z
    .array(
      z
        .number()
        .int()
        .min(0)
        .max(MATRIX_SIZE_LIMIT - 1),
    )
    .min(1)
    .max(MOST_ROWS),
});
export type RowsJob = z.infer<typeof rowsJobSchema>;

export const jobSchema = z.discriminatedUnion('kind', [taskJobSchema, measureJobSchema, rowsJobSchema]);
export type Job = z.infer<typeof jobSchema>;

/** A job on its way to the compute renderer. */
export const computeRequestSchema = z.object({ runId, job: jobSchema });
export type ComputeRequest = z.infer<typeof computeRequestSchema>;

export const timingsSchema = z.object({
  generateMs: z.number(),
  multiplyMs: z.number(),
  commitMs: z.number(),
  selfCheckMs: z.number(),
});

/** What a task comes back as: the commitment's root and the proof, self-checked where they were made. */
export const computeOutcomeSchema = z.object({
  kind: z.literal('task'),
  resultHash: hex32,
  proof: z
    .string()
    .regex(/^[0-9a-f]*$/)
    .max(1 << 20),
  engine: engineSchema,
  timings: timingsSchema,
});
export type ComputeOutcome = z.infer<typeof computeOutcomeSchema>;

export const kernelsMeasuredSchema = z.object({
  kind: z.literal('measure'),
  measured: z.array(kernelMeasurementSchema).max(16),
});
export type KernelsMeasured = z.infer<typeof kernelsMeasuredSchema>;

/** The rows' digests, in the order asked for. */
export const rowsRecomputedSchema = z.object({
  kind: z.literal('rows'),
  digests: z.array(hex32).max(MOST_ROWS),
});
export type RowsRecomputed = z.infer<typeof rowsRecomputedSchema>;

/** Sent by the compute renderer after it looked for an adapter, and again whenever that changes. */
export const computeReadySchema = z.object({
  adapter: adapterSchema.nullable(),
  adapterError: errorReportSchema.nullable(),
  crossOriginIsolated: z.boolean(),
});
export type ComputeReady = z.infer<typeof computeReadySchema>;

export const computeDoneSchema = z.object({
  runId,
  result: z.discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      value: z.discriminatedUnion('kind', [
        computeOutcomeSchema,
        kernelsMeasuredSchema,
        rowsRecomputedSchema,
      ]),
    }),
    z.object({ ok: z.literal(false), error: errorReportSchema }),
  ]),
});
export type ComputeDone = z.infer<typeof computeDoneSchema>;

export const computeProgressSchema = z.object({ runId, done: z.number().min(0).max(1) });
