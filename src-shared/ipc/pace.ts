import { z } from 'zod';

/** How hard the engines may work. */
export const paceSchema = z.object({
  /** Share of the time that they compute, percent; they rest in between. */
  dutyPercent: z.number().int().min(5).max(100),
  /** How long one dispatch on the graphics card should take, ms. */
  sliceMs: z.number().positive().max(30),
  /** Most processor threads; null for one a core. */
  threads: z.number().int().min(1).max(16).nullable(),
});
export type Pace = z.infer<typeof paceSchema>;

/** Everything the machine has, in slices that leave a desktop fluent. */
export const FULL_PACE: Pace = { dutyPercent: 100, sliceMs: 6, threads: null };
