import { z } from 'zod';
import { LONGEST_PASTE } from '../pasted-text';
import { checkSchema, inclusionSchema } from './task-row';

/** How a person names a block. */
export const blockQuerySchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('latest') }),
  z.object({ by: z.literal('height'), value: z.string().max(LONGEST_PASTE) }),
  z.object({ by: z.literal('tx_hash'), value: z.string().max(LONGEST_PASTE) }),
  z.object({ by: z.literal('task_id'), value: z.string().max(LONGEST_PASTE) }),
]);
export type BlockQuery = z.infer<typeof blockQuerySchema>;

/** A result inside a block, with its own path to the recomputed compute_root. */
export const blockResultSchema = z.object({
  txHash: z.string(),
  txIndex: z.number().int(),
  taskId: z.string(),
  workerAddress: z.string(),
  resultHash: z.string(),
  mine: z.boolean(),
  inclusion: inclusionSchema,
});
export type BlockResult = z.infer<typeof blockResultSchema>;

/** A block fetched and recomputed on this machine; `checks` holds header values beside recomputed ones. */
export const blockReportSchema = z.object({
  height: z.number().int(),
  hash: z.string(),
  prevHash: z.string(),
  timestampMs: z.number(),
  chainId: z.string(),
  proposerAddress: z.string(),
  /** The proposer's, over the hash. */
  signature: z.string(),
  round: z.number().int(),
  txRoot: z.string(),
  stateRoot: z.string(),
  computeRoot: z.string(),
  gasUsed: z.string(),
  gasLimit: z.string(),
  txCount: z.number().int(),
  checks: z.array(checkSchema),
  results: z.array(blockResultSchema),
});
export type BlockReport = z.infer<typeof blockReportSchema>;

/** Sampled: the rows that the proof opens, the others trusted to chance. Full: everything. */
export const auditModeSchema = z.enum(['sampled', 'full']);
export type AuditMode = z.infer<typeof auditModeSchema>;

/** The verdict of an audit: `rows` of `matrixSize` were recomputed. */
export const auditReportSchema = z.object({
  mode: auditModeSchema,
  ok: z.boolean(),
  rows: z.number().int(),
  matrixSize: z.number().int(),
  checks: z.array(checkSchema),
  durationMs: z.number(),
});
export type AuditReport = z.infer<typeof auditReportSchema>;
