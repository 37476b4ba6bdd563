import { z } from 'zod';
import { errorReportSchema } from '../ipc/error-report';

/** The development network's faucet, and the top-up under way. */
export const faucetSliceSchema = z.object({
  available: z.boolean(),
  state: z.enum(['idle', 'sending', 'confirming', 'confirmed', 'failed']),
  /** What one top-up brings, a decimal string of units. */
  amountUnits: z.string().nullable(),
  txHash: z.string().nullable(),
  error: errorReportSchema.nullable(),
});
