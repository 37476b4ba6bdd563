import { z } from 'zod';
import { errorReportSchema } from '../ipc/error-report';
import { jobRowSchema } from '../jobs/job-row';

const count = z.number().int().nonnegative();

/** The validator whose jobs are done, and what became of them since the app started. */
export const jobsSliceSchema = z.object({
  /** Null where none is set. */
  validator: z
    .object({
      /** Its address, or `built-in`. */
      url: z.string(),
      /** Whether there is a token for it: kept, or given for this run. Never the token itself. */
      token: z.enum(['kept', 'given']).nullable(),
      state: z.enum(['connecting', 'connected', 'waiting']),
      sinceMs: z.number(),
      /** Why it is not connected, where it tried. */
      error: errorReportSchema.nullable(),
      /** A back-off's wait has parts of a millisecond. */
      retryAtMs: z.number().nullable(),
      queued: count,
      computing: count,
      /** Answered, and not shown to be read yet. */
      undelivered: count,
      /** Answered with a result. */
      answered: count,
      /** Results within the last minute. */
      lastMinute: count,
      /** Answered with an error, by its code. */
      errors: z.record(z.string(), count),
    })
    .nullable(),
  /** Whether the built-in development network has a market, to try one. */
  marketAvailable: z.boolean(),
  /** The newest, of whichever validator. */
  recent: z.array(jobRowSchema),
});
