import { z } from 'zod';
import { engineSchema } from '../compute/engine';
import { errorReportSchema } from './error-report';
import { TASK_STATES } from './task-state';

/** One task as lists show it. Times are milliseconds since the Unix epoch; amounts decimal strings of units. */
export const taskRowSchema = z.object({
  taskId: z.string(),
  state: z.enum(TASK_STATES),
  blockHeight: z.number().int(),
  blockHash: z.string(),
  taskNonce: z.number().int(),
  /** 0 where a person brought the result: nothing is known of its task. */
  matrixSize: z.number().int(),
  byHand: z.boolean(),
  engine: engineSchema.nullable(),
  /** Generating, multiplying, committing and self-checking together. */
  computeMs: z.number().nullable(),
  resultHash: z.string().nullable(),
  feeUnits: z.string().nullable(),
  accountNonce: z.string().nullable(),
  txHash: z.string().nullable(),
  confirmedHeight: z.number().int().nullable(),
  confirmedTxIndex: z.number().int().nullable(),
  /** Why a task ended other than proved, or what it waits for. */
  reason: errorReportSchema.nullable(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
});
export type TaskRow = z.infer<typeof taskRowSchema>;

/** One named check made on this machine: `expected` is recomputed here, `actual` is what the block or node says. */
export const checkSchema = z.object({
  name: z.string(),
  ok: z.union([z.boolean(), z.literal('not_checked')]),
  expected: z.string().nullable(),
  actual: z.string().nullable(),
});
export type Check = z.infer<typeof checkSchema>;

/** A Merkle path from a result's leaf to compute_root; `side` says where `hash` stands beside the running node. */
export const inclusionSchema = z.object({
  leafIndex: z.number().int(),
  leafHash: z.string(),
  path: z.array(z.object({ side: z.enum(['left', 'right']), hash: z.string() })),
  root: z.string(),
});
export type Inclusion = z.infer<typeof inclusionSchema>;

/** The whole trail of one task: when it entered each state, and the checks that stand behind "proved". */
export const taskTrailSchema = z.object({
  task: taskRowSchema,
  history: z.array(z.object({ state: z.enum(TASK_STATES), atMs: z.number() })),
  timings: z
    .object({ generateMs: z.number(), multiplyMs: z.number(), commitMs: z.number(), selfCheckMs: z.number() })
    .nullable(),
  checks: z.array(checkSchema),
  inclusion: inclusionSchema.nullable(),
});
export type TaskTrail = z.infer<typeof taskTrailSchema>;
