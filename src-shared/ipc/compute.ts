import { z } from 'zod';
import { adapterSchema } from '../compute/adapter';
import { engineSchema } from '../compute/engine';
import type { CommitmentKind } from '../matrix-mult/commitment';
import type { Shape } from '../matrix-mult/shape';
import { errorReportSchema } from './error-report';
import {
  type KernelName,
  kernelMeasurementSchema,
  type SizeClass,
  wholeTaskMeasurementSchema,
} from './kernel-choice';
import type { Pace } from './pace';

// Rows that a proof opens, or an audit recomputes: enough to catch a cheat.
const MOST_ROWS = 256;
const hex32 = z.string().regex(/^[0-9a-f]{64}$/);
const bytes32 = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 32);
const runId = z.number().int().nonnegative();

/** How a task is to be computed. */
export type Method =
  | { readonly engine: 'cpu' }
  | {
      readonly engine: 'webgpu';
      readonly kernel: KernelName;
      /** Whether the adapter also generates, hashes and checks, and only digests come back. */
      readonly wholeTask: boolean;
    };

/**
 * The matrices of a product: drawn from a seed of 32 bytes (matrix-mult-v1.md), or given by a job, both row-major, with
 * the seed that follows from them.
 */
export type Operands =
  | { readonly kind: 'drawn'; readonly seed: Uint8Array }
  | { readonly kind: 'given'; readonly seed: Uint8Array; readonly a: Int8Array; readonly b: Int8Array };

/** One task for the compute renderer: everything it needs, nothing it could leak. */
export type TaskJob = {
  readonly kind: 'task';
  readonly method: Method;
  readonly shape: Shape;
  readonly operands: Operands;
  /** What the result is: the root of a tree over C, with a proof, or the hash of C as it is. */
  readonly commitment: CommitmentKind;
  /** 0 where it is of no block. */
  readonly blockHeight: number;
  /** Rows that the proof opens, 1…256. */
  readonly openedRows: number;
  /** Whether C itself is to come back. */
  readonly wantsProduct: boolean;
};

/** Times the kernels on the adapter, and whole tasks with the best of them, and checks each. */
export type MeasureJob = { readonly kind: 'measure'; readonly sizeClass: SizeClass };

/** Recomputes rows of C of a task, for an audit. */
export type RowsJob = {
  readonly kind: 'rows';
  readonly shape: Shape;
  readonly operands: Operands;
  /** 1…256 of them. */
  readonly rows: readonly number[];
};

export type Job = TaskJob | MeasureJob | RowsJob;

/** What main sends over the compute port. */
export type ToCompute =
  | { readonly kind: 'run'; readonly runId: number; readonly job: Job }
  | { readonly kind: 'cancel'; readonly runId: number }
  | { readonly kind: 'pace'; readonly pace: Pace }
  /** Look for an adapter anew, where there is none. */
  | { readonly kind: 'look' };

// A week: no job takes as long, and no sum of them loses its precision.
const LONGEST_JOB_MS = 7 * 86_400_000;
const jobMs = z.number().min(0).max(LONGEST_JOB_MS);

/** What a job took from its turn to its end, and how much of that was work and not rest, ms. */
const jobTimeSchema = z.object({ elapsedMs: jobMs, busyMs: jobMs });
export type JobTime = z.infer<typeof jobTimeSchema>;

/** What each part of a task took, ms; to commit is to hash C, build the tree where it is one, and make the proof. */
export const timingsSchema = z.object({
  generateMs: z.number(),
  multiplyMs: z.number(),
  commitMs: z.number(),
  selfCheckMs: z.number(),
});

/** What a task comes back as: its commitment and, of a tree, the proof; self-checked where they were made. */
export const computeOutcomeSchema = z.object({
  kind: z.literal('task'),
  resultHash: hex32,
  proof: z
    .string()
    .regex(/^[0-9a-f]*$/)
    .max(1 << 20)
    .nullable(),
  /** C, row-major, where it was wanted. */
  product: z.custom<Int32Array>((value) => value instanceof Int32Array).nullable(),
  engine: engineSchema,
  timings: timingsSchema,
});
export type ComputeOutcome = z.infer<typeof computeOutcomeSchema>;

export const kernelsMeasuredSchema = z.object({
  kind: z.literal('measure'),
  measured: z.array(kernelMeasurementSchema).max(16),
  /** Null where no kernel was exact, and on a software adapter. */
  wholeTask: wholeTaskMeasurementSchema.nullable(),
});
export type KernelsMeasured = z.infer<typeof kernelsMeasuredSchema>;

/** The rows' digests, in the order asked for. */
export const rowsRecomputedSchema = z.object({
  kind: z.literal('rows'),
  digests: z.array(bytes32).max(MOST_ROWS),
});
export type RowsRecomputed = z.infer<typeof rowsRecomputedSchema>;

/** After each look for an adapter. */
const readySchema = z.object({
  kind: z.literal('ready'),
  adapter: adapterSchema.nullable(),
  adapterError: errorReportSchema.nullable(),
});

const progressSchema = z.object({ kind: z.literal('progress'), runId, done: z.number().min(0).max(1) });

const doneSchema = z.object({
  kind: z.literal('done'),
  runId,
  took: jobTimeSchema,
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
export type ComputeDone = z.infer<typeof doneSchema>;

/** What main takes from the compute port. */
export const fromComputeSchema = z.discriminatedUnion('kind', [readySchema, progressSchema, doneSchema]);
export type FromCompute = z.infer<typeof fromComputeSchema>;
