import { z } from 'zod';

/** Days of results that may be asked for at once. */
export const MOST_DAYS = 366;

const count = z.number().int().min(0);

export const resultsRequestSchema = z.object({ days: z.number().int().min(1).max(MOST_DAYS) });

/** How many tasks reached each milestone on a day of this machine's calendar, each counted once. */
export const dayResultsSchema = z.object({
  /** `2026-11-26`. */
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  computed: count,
  accepted: count,
  proved: count,
});
export type DayResults = z.infer<typeof dayResultsSchema>;

/** The last days, oldest first, today's last. */
export const resultsSchema = z.object({
  /** Every day of the span, whether or not the app knows of any result. */
  days: z.array(dayResultsSchema).max(MOST_DAYS),
  /** Since when results are counted; null where none was ever. */
  since: z.string().nullable(),
});
export type Results = z.infer<typeof resultsSchema>;
