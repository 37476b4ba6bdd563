import { z } from 'zod';
import { errorReportSchema } from '../ipc/error-report';

/** The node and the head of its chain. Times are ms since the epoch. */
export const nodeSliceSchema = z.object({
  url: z.string().nullable(),
  builtIn: z.boolean(),
  state: z.enum(['connecting', 'online', 'offline']),
  networkName: z.string().nullable(),
  chainId: z.string().nullable(),
  height: z.number().int().nullable(),
  tipHash: z.string().nullable(),
  /** True once the tip passed every check on this machine. */
  tipVerified: z.boolean(),
  tipTimestampMs: z.number().nullable(),
  /** By this machine's clock. */
  nextBlockAtMs: z.number().nullable(),
  blockTimeMs: z.number().nullable(),
  /** Machine clock minus chain clock; null until known. */
  clockSkewMs: z.number().nullable(),
  /** How long the node's answers take where that is long; null where it is not. */
  slowMs: z.number().nullable(),
  error: errorReportSchema.nullable(),
});
