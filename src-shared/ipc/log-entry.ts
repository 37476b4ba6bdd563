import { z } from 'zod';

/** How grave an entry of the log is. */
export const LOG_LEVELS = ['error', 'warn', 'info'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Entries of one answer, at most. */
export const MOST_LOG_ENTRIES = 1000;

/** One entry of the app's log; what belongs to it may go over several lines. */
export const logEntrySchema = z.object({
  /** As it stands in the log, in this machine's time. */
  at: z.string(),
  level: z.enum(LOG_LEVELS),
  text: z.string(),
});
export type LogEntry = z.infer<typeof logEntrySchema>;
