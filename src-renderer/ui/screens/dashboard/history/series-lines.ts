import { dutyOf, gatheredBy, gopsOf, type Sample } from '../../../../../src-shared/history/sample';
import { type Series, SPANS, type SpanName } from '../../../../../src-shared/history/series';

type Values = (number | null)[];

/** What the two charts draw: a value for each step of the span, null where the miner did not run. */
export type SeriesLines = { readonly times: number[]; readonly gops: Values; readonly duty: Values };

/** @param span of `series` */
export function seriesLines({ fromMs, untilMs, samples }: Series, span: SpanName): SeriesLines {
  const { stepMs } = SPANS[span];
  const bySteps = new Map(samples.map((sample) => [sample.atMs, sample]));
  const times = steps(fromMs, untilMs, stepMs);
  const valueAt = (atMs: number, read: (sample: Sample) => number) => {
    const sample = bySteps.get(atMs);
    return sample === undefined ? null : read(sample);
  };
  return {
    times,
    gops: times.map((atMs) => valueAt(atMs, gopsOf)),
    duty: times.map((atMs) => valueAt(atMs, dutyOf)),
  };
}

const ROW_MS = { hour: 5 * 60_000, day: 3_600_000 } as const;

/** A row of the table: its time, and what was done then; null where the miner did not run. */
export type SeriesRow = { readonly atMs: number; readonly sample: Sample | null };

/** The same in fewer and wider steps, for reading, newest first: 5 minutes, an hour, a day of the local calendar. */
export function seriesRows({ fromMs, untilMs, samples }: Series, span: SpanName): SeriesRow[] {
  const rowOf = (atMs: number) =>
    span === 'month' ? new Date(atMs).setHours(0, 0, 0, 0) : Math.floor(atMs / ROW_MS[span]) * ROW_MS[span];
  const byRow = new Map(gatheredBy(samples, rowOf).map((sample) => [sample.atMs, sample]));
  const rows = new Set(steps(fromMs, untilMs, SPANS[span].stepMs).map(rowOf));
  return [...rows].reverse().map((atMs) => ({ atMs, sample: byRow.get(atMs) ?? null }));
}

/** The lowest and highest of what is known, and the newest; null where the miner does not run now. */
export function extremes(values: readonly (number | null)[]): {
  readonly low: number;
  readonly high: number;
  readonly now: number | null;
} {
  const known = values.filter((value) => value !== null);
  // The last step has only begun.
  const now = values.at(-1) ?? values.at(-2) ?? null;
  return { low: Math.min(...known), high: Math.max(...known), now };
}

function steps(fromMs: number, untilMs: number, stepMs: number): number[] {
  return Array.from(
    { length: Math.round((untilMs - fromMs) / stepMs) },
    (_, index) => fromMs + index * stepMs,
  );
}
