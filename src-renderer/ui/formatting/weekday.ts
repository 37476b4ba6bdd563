import { dateFormat } from './intl';

// 4 January 2026 is a Sunday; the first day after it is Monday, as ISO 8601 counts.
const SUNDAY_MS = Date.UTC(2026, 0, 4, 12);
const DAY_MS = 86_400_000;

/** A day of the week by its number in ISO 8601: Monday is 1. */
export function weekdayName(day: number, language: string, length: 'long' | 'short'): string {
  return dateFormat(language, { weekday: length, timeZone: 'UTC' }).format(SUNDAY_MS + day * DAY_MS);
}
