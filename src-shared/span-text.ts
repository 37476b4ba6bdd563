const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const STEPS = [
  { unit: 's', ms: SECOND_MS, belowMs: 2 * MINUTE_MS },
  { unit: 'min', ms: MINUTE_MS, belowMs: 2 * HOUR_MS },
  { unit: 'h', ms: HOUR_MS, belowMs: 2 * DAY_MS },
  { unit: 'days', ms: DAY_MS, belowMs: Number.POSITIVE_INFINITY },
] as const;

/** A span of time for a line of English, to the largest unit it holds twice: `4.1 s`, `90 s`, `5 min`, `3 h`, `30 days`. */
export function spanText(spanMs: number): string {
  const { unit, ms } = STEPS.find(({ belowMs }) => spanMs < belowMs) ?? STEPS[3];
  const value = spanMs / ms;
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} ${unit}`;
}
