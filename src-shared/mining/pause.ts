import { z } from 'zod';
import { LONGEST_APP_NAME } from '../pause-rules/app-names';
import { PAUSE_RULES } from '../pause-rules/pause-rule';

/** Why the miner is held back: a person, the machine's sleep, or a rule. */
export const pauseReasonSchema = z.enum(['manual', 'suspended', ...PAUSE_RULES]);
export type PauseReason = z.infer<typeof pauseReasonSchema>;

/** How long a pause that a person chooses is to last. */
export const pausePresetSchema = z.enum(['15m', '1h', 'tomorrow', 'manual']);
export type PausePreset = z.infer<typeof pausePresetSchema>;

/** One reason and its end, ms since the epoch; null where only the person, or the machine, ends it. */
export const pauseSchema = z.object({
  reason: pauseReasonSchema,
  untilMs: z.number().nullable(),
  /** What it is that holds: the app's name; `film` where a film or a call counts as activity. */
  by: z.string().max(LONGEST_APP_NAME).exactOptional(),
});
export type Pause = z.infer<typeof pauseSchema>;
