import { z } from 'zod';

export const MINUTES_A_DAY = 24 * 60;
/** Days of the week as ISO 8601 numbers them: Monday is 1. */
export const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
/** Most spans of a schedule. */
export const MOST_SPANS = 14;

const minute = z
  .number()
  .int()
  .min(0)
  .max(MINUTES_A_DAY - 1);

/**
 * Hours in which the miner may work, on the days of the week that they begin on, by the local wall clock in minutes
 * after midnight. One that ends no later than it begins ends on the day after.
 */
export const spanSchema = z.object({
  days: z
    .array(z.number().int().min(1).max(7))
    .min(1)
    .max(7)
    .refine((days) => new Set(days).size === days.length),
  fromMinute: minute,
  toMinute: minute,
});
export type Span = z.infer<typeof spanSchema>;

export const scheduleSchema = z.array(spanSchema).max(MOST_SPANS);
export type Schedule = readonly Span[];
