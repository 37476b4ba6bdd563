import { z } from 'zod';

/** Why the miner is held back. */
export const pauseReasonSchema = z.enum(['manual', 'suspended']);
export type PauseReason = z.infer<typeof pauseReasonSchema>;

/** How long a pause that a person chooses is to last. */
export const pausePresetSchema = z.enum(['15m', '1h', 'tomorrow', 'manual']);
export type PausePreset = z.infer<typeof pausePresetSchema>;

/** One reason and its end, ms since the epoch; null where only the person, or the machine, ends it. */
export const pauseSchema = z.object({ reason: pauseReasonSchema, untilMs: z.number().nullable() });
export type Pause = z.infer<typeof pauseSchema>;
