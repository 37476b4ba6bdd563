import { z } from 'zod';
import { settingsSchema } from '../settings/settings-schema';

/** How hard the engines may work. */
export const paceSchema = z.object({
  /** Share of the time that they compute, percent; they rest in between. */
  dutyPercent: settingsSchema.shape.dutyPercent,
  /** How long one dispatch on the graphics card should take, ms. */
  sliceMs: z.number().positive().max(30),
  /** Most processor threads; null for one a core. */
  threads: settingsSchema.shape.cpuThreads,
});
export type Pace = z.infer<typeof paceSchema>;

/** Everything the machine has, in slices that leave a desktop fluent. */
export const FULL_PACE: Pace = { dutyPercent: 100, sliceMs: 6, threads: null };
