import { z } from 'zod';
import { type ErrorReport, LONGEST_TEXT } from '../errors';

// An error has a handful of values, paths and addresses among them.
const MOST_PARAMS = 32;

/** The values of a sentence, by their names. */
export const paramsSchema = z
  .record(z.string().max(64), z.union([z.string().max(LONGEST_TEXT), z.number()]))
  .refine((params) => Object.keys(params).length <= MOST_PARAMS, 'too many values');

/** An `ErrorReport` read back from the other side of a process boundary. */
export const errorReportSchema = z.object({
  code: z.string().max(64),
  message: z.string().max(LONGEST_TEXT),
  remedy: z.string().max(64),
  retryable: z.boolean(),
  params: paramsSchema,
}) as unknown as z.ZodType<ErrorReport>;
