import { z } from 'zod';
import type { ErrorReport } from '../errors';

/** An `ErrorReport` read back from the other side of a process boundary. */
export const errorReportSchema = z.object({
  code: z.string().max(64),
  message: z.string().max(4000),
  remedy: z.string().max(64),
  retryable: z.boolean(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
}) as unknown as z.ZodType<ErrorReport>;
