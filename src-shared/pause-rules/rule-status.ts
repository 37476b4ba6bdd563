import { z } from 'zod';
import { LONGEST_APP_NAME } from './app-names';
import { PAUSE_RULES } from './pause-rule';

/** Why a rule can't be judged. */
export const unknownReasonSchema = z.enum([
  /** It was not answered yet. */
  'asking',
  'no_answer',
  'failed',
  /** There is no desktop session. */
  'no_display',
  /** The desktop runs on Wayland, and has no service that tells. */
  'wayland',
  /** A program that would tell is not installed. */
  'no_program',
  'no_battery',
  'no_sensor',
  /** This operating system does not tell. */
  'system',
  /** Whether a film or a call is on is not told. */
  'no_film_service',
  /** The list, or the schedule, is empty. */
  'nothing_listed',
]);
export type UnknownReason = z.infer<typeof unknownReasonSchema>;

/** What a rule comes to now. Times are ms since the epoch. */
export const judgementSchema = z.discriminatedUnion('kind', [
  /** Not looked at: it is switched off, or mining is. Whether it could be is known all the same. */
  z.object({ kind: z.literal('off'), unable: unknownReasonSchema.nullable() }),
  /** It holds nothing back. `unseen`: as far as can be judged. */
  z.object({ kind: z.literal('free'), unseen: unknownReasonSchema.nullable() }),
  z.object({ kind: z.literal('unknown'), why: unknownReasonSchema }),
  z.object({
    kind: z.literal('holds'),
    untilMs: z.number().nullable(),
    /** What it is that holds; null where the rule itself says so. */
    by: z.string().max(LONGEST_APP_NAME).nullable(),
    /** A person lets the miner work all the same, until the rule is free again. */
    overridden: z.boolean(),
  }),
]);
export type Judgement = z.infer<typeof judgementSchema>;

/** The rules with what they come to, in their order. */
export const pauseRulesSliceSchema = z.array(
  z.object({ rule: z.enum(PAUSE_RULES), judgement: judgementSchema }),
);
export type RuleStatus = z.infer<typeof pauseRulesSliceSchema>[number];
