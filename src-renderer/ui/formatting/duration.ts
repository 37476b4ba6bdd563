import { numberFormat } from './intl';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** In what steps it is told how long ago something was, under a minute. */
export const AGE_STEP_MS = 5 * SECOND_MS;

/** A span of time in at most two units: `412 ms`, `1.24 s`, `2 min 5 sec`, `3 hr 4 min`, `5 days 2 hr`. */
export function formatDuration(durationMs: number, locale: string): string {
  const ms = Math.max(0, durationMs);
  if (ms < SECOND_MS) return unit(Math.round(ms), 'millisecond', locale);
  if (ms < MINUTE_MS) return unit(Number((ms / SECOND_MS).toPrecision(3)), 'second', locale);
  if (ms < HOUR_MS) return two(ms, MINUTE_MS, 'minute', SECOND_MS, 'second', locale);
  if (ms < DAY_MS) return two(ms, HOUR_MS, 'hour', MINUTE_MS, 'minute', locale);
  return two(ms, DAY_MS, 'day', HOUR_MS, 'hour', locale);
}

/** A span in whole seconds, for a countdown that ticks once a second: `3 s`, `1 min 5 s`. */
export function formatCountdown(durationMs: number, locale: string): string {
  const seconds = Math.max(0, Math.ceil(durationMs / SECOND_MS));
  if (seconds < 60) return unit(seconds, 'second', locale);
  return formatDuration(seconds * SECOND_MS, locale);
}

/**
 * How long ago something was, in its largest unit, rounded down; under a minute in steps of five seconds: a list in which
 * each row changes each second costs more than it says.
 */
export function formatAge(durationMs: number, locale: string): string {
  const isShort = durationMs < MINUTE_MS;
  return coarseDuration(isShort ? durationMs - (durationMs % AGE_STEP_MS) : durationMs, locale);
}

/** A span in its largest unit alone, rounded down: `11 sec`, `5 min`, `3 hr`, `2 days`. */
export function coarseDuration(durationMs: number, locale: string): string {
  const ms = Math.max(0, durationMs);
  if (ms < MINUTE_MS) return unit(Math.floor(ms / SECOND_MS), 'second', locale);
  if (ms < HOUR_MS) return unit(Math.floor(ms / MINUTE_MS), 'minute', locale);
  if (ms < DAY_MS) return unit(Math.floor(ms / HOUR_MS), 'hour', locale);
  return unit(Math.floor(ms / DAY_MS), 'day', locale);
}

type TimeUnit = 'millisecond' | 'second' | 'minute' | 'hour' | 'day';

function two(ms: number, bigMs: number, big: TimeUnit, smallMs: number, small: TimeUnit, locale: string) {
  const bigs = Math.floor(ms / bigMs);
  const smalls = Math.floor((ms - bigs * bigMs) / smallMs);
  const text = unit(bigs, big, locale);
  return smalls === 0 ? text : `${text} ${unit(smalls, small, locale)}`;
}

function unit(value: number, name: TimeUnit, locale: string): string {
  return numberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
}
