import { z } from 'zod';
import { sampleSchema } from './sample';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The spans that charts show, and how wide the step of one point is; at most `MOST_POINTS` points each. */
export const SPANS = {
  hour: { lengthMs: HOUR_MS, stepMs: 60_000 },
  day: { lengthMs: DAY_MS, stepMs: 5 * 60_000 },
  month: { lengthMs: 30 * DAY_MS, stepMs: HOUR_MS },
} as const;

export const SPAN_NAMES = ['hour', 'day', 'month'] as const;
export type SpanName = (typeof SPAN_NAMES)[number];

const MOST_POINTS = 720;

export const seriesRequestSchema = z.object({ span: z.enum(SPAN_NAMES) });

/** What the miner did over a span. Times are ms since the epoch. */
export const seriesSchema = z.object({
  /** When the first step begins. */
  fromMs: z.number().int(),
  /** When the last one, which is under way, ends. */
  untilMs: z.number().int(),
  /** Oldest first; none of a step in which it did not run. */
  samples: z.array(sampleSchema).max(MOST_POINTS),
});
export type Series = z.infer<typeof seriesSchema>;

/** Where a span that ends now begins and ends, by whole steps. */
export function spanAt(span: SpanName, nowMs: number): { readonly fromMs: number; readonly untilMs: number } {
  const { lengthMs, stepMs } = SPANS[span];
  const untilMs = (Math.floor(nowMs / stepMs) + 1) * stepMs;
  return { fromMs: untilMs - lengthMs, untilMs };
}
