import { z } from 'zod';
import { errorReportSchema } from '../ipc/error-report';

/** This profile's key, and where it rests. */
export const keySliceSchema = z.object({
  state: z.enum(['loading', 'none', 'ready', 'missing', 'unavailable']),
  address: z.string().nullable(),
  storedIn: z.enum(['keychain', 'file']).nullable(),
  error: errorReportSchema.nullable(),
  /** All keys of the profile, in the order in which they came. */
  keys: z.array(
    z.object({
      address: z.string(),
      /** Given by the person; may be empty. */
      name: z.string(),
      /** Whether it could be brought back: it came from elsewhere, or a backup of it was opened here. */
      kept: z.boolean(),
    }),
  ),
  /** The newest transaction of this account that this app did not make: another program has the key. */
  usedElsewhere: z.object({ atMs: z.number(), height: z.number().int(), txHash: z.string() }).nullable(),
});
