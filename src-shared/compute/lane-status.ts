import { z } from 'zod';
import { errorReportSchema } from '../ipc/error-report';
import { kernelChoiceSchema } from '../ipc/kernel-choice';
import { adapterSchema } from './adapter';
import { engineReasonSchema, engineSchema } from './engine';

/** A result that was wrong, and was not used. Times are ms since the epoch. */
export const selfCheckFailureSchema = z.object({
  atMs: z.number(),
  matrixSize: z.number().int(),
  /** What was wrong: `range`, `product` or `digest`. */
  why: z.string().max(64),
});
export type SelfCheckFailure = z.infer<typeof selfCheckFailureSchema>;

/** One lane: an adapter (or the processor where there is none), what is known of it and what it is doing. */
export const laneStatusSchema = z.object({
  /** Names the lane for as long as the app runs; identical cards have different ones. */
  id: z.string().max(64),
  state: z.enum(['starting', 'ready', 'busy', 'failed']),
  /** What a task of the size in the settings is computed with; null for none. */
  engine: engineSchema.nullable(),
  engineReason: engineReasonSchema,
  adapter: adapterSchema.nullable(),
  /** The graphics driver as the system names it, or null where it doesn't. */
  driver: z.string().nullable(),
  /** Why there is no adapter, or why the lane is not up. */
  error: errorReportSchema.nullable(),
  /** The last work that failed on its engine, since the app started. */
  lastFailure: z.object({ atMs: z.number(), error: errorReportSchema }).nullable(),
  /** The kernels chosen for this adapter so far. */
  kernels: z.array(kernelChoiceSchema),
  /** True while kernels are being timed. */
  measuring: z.boolean(),
  /** Since when the adapter is not used because its results were wrong; null where it is. */
  quarantinedSinceMs: z.number().nullable(),
  /** This adapter's wrong results of the last day, newest first. */
  selfCheckFailures: z.array(selfCheckFailureSchema),
  selfChecksPassed: z.number().int(),
  selfChecksFailed: z.number().int(),
  /** Integer multiply-adds counted as two operations, 10⁹ a second, last task, product only. */
  lastGops: z.number().nullable(),
});
export type LaneStatus = z.infer<typeof laneStatusSchema>;

/** How far a lane is with the work in hand. */
export const laneProgressSchema = z.object({
  lane: z.string().max(64),
  /** Share done, 0…1. */
  done: z.number(),
});
export type LaneProgress = z.infer<typeof laneProgressSchema>;
