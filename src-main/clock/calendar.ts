import type { Clock } from './clock';

/** The midnight that begins the local day of a moment; all times in ms since the epoch. */
export function startOfDay(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}

/** The midnight that ends it: days have 23 to 25 hours. */
export function endOfDay(atMs: number): number {
  return new Date(atMs).setHours(24, 0, 0, 0);
}

/** A local day by its name, `2026-11-26`. */
export function dayName(atMs: number): string {
  const date = new Date(atMs);
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${String(date.getFullYear()).padStart(4, '0')}-${month}-${day}`;
}

/** The names of the last so many local days, oldest first, the day of a moment last. */
export function lastDays(atMs: number, count: number): string[] {
  const date = new Date(atMs);
  // At noon: a day may begin or end where the clocks are changed.
  const noonOf = (daysBack: number) =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysBack, 12).getTime();
  return Array.from({ length: count }, (_, index) => dayName(noonOf(count - 1 - index)));
}

const MINUTE_MS = 60_000;

/**
 * The moment at which the local wall clock shows so many minutes after midnight, on the day so many days after that of
 * `atMs`. Where the clock is put forward over that time it is the moment of the change; where the clock shows the time
 * twice it is the first.
 */
export function localMoment(atMs: number, days: number, minutes: number): number {
  const day = new Date(startOfDay(atMs));
  // By the calendar: a day is not always 24 hours long.
  day.setDate(day.getDate() + days);
  const moment = new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, minutes);
  if (moment.getHours() * 60 + moment.getMinutes() === minutes % (24 * 60)) return moment.getTime();
  // ECMA-262 takes a time that the clock leaves out for one by the clock before the change.
  const offset = moment.getTimezoneOffset();
  let found = moment.getTime();
  while (new Date(found - MINUTE_MS).getTimezoneOffset() === offset) found -= MINUTE_MS;
  return found;
}

/** The local day of the week of a moment, as ISO 8601 numbers it: Monday is 1. */
export function weekday(atMs: number): number {
  return new Date(atMs).getDay() || 7;
}

// A clock that is set, or a machine that sleeps, moves midnight meanwhile.
const LOOK_EVERY_MS = 15 * 60_000;

/** Calls back whenever another local day has begun; returns the function that stops it. */
export function onNewDay(clock: Clock, act: () => void): () => void {
  let day = startOfDay(clock.now());
  let cancel: () => void;
  const waitOn = () => {
    const now = clock.now();
    cancel = clock.after(Math.min(endOfDay(now) - now, LOOK_EVERY_MS), look);
  };
  const look = () => {
    const today = startOfDay(clock.now());
    const isNew = today !== day;
    day = today;
    waitOn();
    if (isNew) act();
  };
  waitOn();
  return () => cancel();
}

/** A moment as ISO 8601 in UTC. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** A moment as HTTP writes it (RFC 9110, 5.6.7), or null where it is none. */
export function httpTime(text: string): number | null {
  const atMs = /GMT\s*$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? null : atMs;
}

/** A moment as certificates and other texts have it, ms since the epoch; NaN for what is none. */
export function momentOf(text: string): number {
  return Date.parse(text);
}
