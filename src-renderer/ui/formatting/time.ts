import { type MomentParts, momentFormat, type TimeStyle } from '../../../src-shared/regional-time';
import { AGE_STEP_MS } from './duration';
import { dateFormat, relativeFormat } from './intl';

const STEPS = [
  { unit: 'second', ms: 1000, belowMs: 60_000 },
  { unit: 'minute', ms: 60_000, belowMs: 3_600_000 },
  { unit: 'hour', ms: 3_600_000, belowMs: 86_400_000 },
  { unit: 'day', ms: 86_400_000, belowMs: 30 * 86_400_000 },
] as const;

const JUST_NOW_MS = 1500;
// ECMA-262, 21.4.1.1: nothing beyond is a date, and Intl throws. A node may say so of its blocks.
const LATEST_MS = 8.64e15;
const NO_DATE = '—';

/**
 * A moment as seen from `nowMs`: `5 sec. ago`, `in 2 min.`; a date where it is a month or more away. Less than a minute
 * ago goes in steps, as `formatAge`. `justNow` is the language's word for less than a step ago, or nearly there.
 */
export function relativeTime(atMs: number, nowMs: number, style: TimeStyle, justNow: string): string {
  if (Math.abs(atMs) > LATEST_MS) return NO_DATE;
  const difference = atMs - nowMs;
  const distance = Math.abs(difference);
  if (difference < JUST_NOW_MS && difference > -AGE_STEP_MS) return justNow;
  const step = STEPS.find(({ belowMs }) => distance < belowMs);
  if (step === undefined) return say(atMs, style, { date: true, time: 'none' });
  const shown = difference < 0 && step.unit === 'second' ? difference + (distance % AGE_STEP_MS) : difference;
  // Toward zero: 119 s is "1 minute ago", never rounded up to two.
  const value = Math.trunc(shown / step.ms);
  return relativeFormat(style.language, { style: 'short' }).format(value, step.unit);
}

/** A moment with its date and seconds, in the machine's time zone, for hovers and details. */
export function absoluteTime(atMs: number, style: TimeStyle): string {
  return say(atMs, style, { date: true, time: 'seconds' });
}

/** The time of day to the second, with the date where it is not today's. */
export function clockTime(atMs: number, nowMs: number, style: TimeStyle): string {
  return say(atMs, style, { date: !isSameDay(atMs, nowMs), time: 'seconds' });
}

/** The time of day to the minute, with the date where it is not today's; for "until …". */
export function clockTimeToMinute(atMs: number, nowMs: number, style: TimeStyle): string {
  return say(atMs, style, { date: !isSameDay(atMs, nowMs), time: 'minutes' });
}

/** The time of day to the minute. */
export function timeOfDay(atMs: number, style: TimeStyle): string {
  return say(atMs, style, { date: false, time: 'minutes' });
}

/** A day without its year: `26 Nov`, `Nov 26`, `26 нояб.`. */
export function dayAndMonth(atMs: number, style: TimeStyle): string {
  const { locale } = momentFormat(style, { date: true, time: 'none' });
  return dateFormat(locale, { day: 'numeric', month: 'short' }).format(atMs);
}

/** The noon of a local day by its name, `2026-11-26`. */
export function noonOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12).getTime();
}

/** A moment for machines that read the page (HTML, `datetime`); undefined where it is no date. */
export function machineTime(atMs: number): string | undefined {
  return Math.abs(atMs) > LATEST_MS ? undefined : new Date(atMs).toISOString();
}

function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

function say(atMs: number, style: TimeStyle, parts: MomentParts): string {
  if (Math.abs(atMs) > LATEST_MS) return NO_DATE;
  const { locale, options } = momentFormat(style, parts);
  return dateFormat(locale, options).format(atMs);
}
