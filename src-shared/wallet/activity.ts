import { z } from 'zod';
import { errorReportSchema } from '../ipc/error-report';
import { TASK_STATES } from '../ipc/task-state';

/** Transfers of one answer, at most. */
export const MOST_TRANSFERS = 500;

/** One transfer from or to an address. Amounts are decimal strings of units, times ms since the epoch. */
export const transferRowSchema = z.object({
  txHash: z.string(),
  from: z.string(),
  to: z.string(),
  amountUnits: z.string(),
  /** When its block was made; when it was ordered, while it is in none. */
  atMs: z.number(),
  /** The verified block that has it; null while none has. */
  height: z.number().int().nullable(),
  /** How far an own one has come that is in no block; null for one in a block. */
  state: z.enum(TASK_STATES).nullable(),
  /** Why it failed, or what it waits for. */
  reason: errorReportSchema.nullable(),
});
export type TransferRow = z.infer<typeof transferRowSchema>;

/** What an address received, sent and paid, by blocks that were verified on this machine. */
export const accountReportSchema = z.object({
  /** Null where no block was followed for it yet. */
  totals: z
    .object({
      sinceHeight: z.number().int(),
      receivedUnits: z.string(),
      sentUnits: z.string(),
      feeUnits: z.string(),
    })
    .nullable(),
  /** The newest, newest first: those in no block before the others. */
  transfers: z.array(transferRowSchema).max(2 * MOST_TRANSFERS),
});
export type AccountReport = z.infer<typeof accountReportSchema>;
