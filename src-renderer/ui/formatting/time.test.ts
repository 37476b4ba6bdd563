import { describe, expect, it } from 'vitest';
import {
  absoluteTime,
  clockTime,
  clockTimeToMinute,
  dayAndMonth,
  noonOf,
  relativeTime,
  timeOfDay,
} from './time';

const NOW = Date.UTC(2025, 10, 22, 12);
// ICU puts no-break spaces here and there, and not in every version.
const plain = (text: string) => text.replace(/\s/g, ' ');
const GERMAN = { hours: 24, dayFirst: true } as const;
const AMERICAN = { hours: 12, dayFirst: false } as const;
const say = (offsetMs: number, language = 'en') =>
  plain(relativeTime(NOW + offsetMs, NOW, { ...GERMAN, language }, 'just now'));

describe('relative times', () => {
  it('say "just now" for less than five seconds ago and a moment ahead', () => {
    expect([say(-4999), say(0), say(1499)]).toEqual(['just now', 'just now', 'just now']);
    expect(say(1500)).toBe('in 1 sec.');
  });

  it('go back in steps of five seconds under a minute, and ahead second by second', () => {
    expect([say(-5000), say(-9999), say(-10_000)]).toEqual(['5 sec. ago', '5 sec. ago', '10 sec. ago']);
    expect([say(7000), say(8000)]).toEqual(['in 7 sec.', 'in 8 sec.']);
  });

  it('round towards now, so that 119 seconds are one minute', () => {
    expect(say(-119_000)).toBe('1 min. ago');
    expect(say(-59_999)).toBe('55 sec. ago');
    expect(say(-3 * 86_400_000)).toBe('3 days ago');
  });

  it('look ahead as well', () => {
    expect(say(8000)).toBe('in 8 sec.');
    expect(say(8000, 'ru')).toBe('через 8 сек.');
  });

  it('become a date after a month', () => {
    expect(say(-40 * 86_400_000)).toMatch(/2025/);
  });
});

describe('moments', () => {
  const at = new Date(2025, 10, 22, 17, 5, 3).getTime();
  const later = new Date(2025, 10, 23, 9).getTime();

  it('follow the system’s clock and order, in the words of the ui’s language', () => {
    expect(plain(absoluteTime(at, { ...GERMAN, language: 'en' }))).toBe('22 Nov 2025, 17:05:03');
    expect(plain(absoluteTime(at, { ...AMERICAN, language: 'en' }))).toBe('Nov 22, 2025, 5:05:03 PM');
    expect(plain(absoluteTime(at, { ...GERMAN, language: 'ru' }))).toBe('22 нояб. 2025 г., 17:05:03');
  });

  it('carry their date on another day only', () => {
    const style = { ...GERMAN, language: 'en' };
    expect([clockTime(at, at, style), clockTimeToMinute(at, at, style)]).toEqual(['17:05:03', '17:05']);
    expect(plain(clockTime(at, later, style))).toBe('22 Nov 2025, 17:05:03');
    expect(plain(clockTimeToMinute(at, later, style))).toBe('22 Nov 2025, 17:05');
  });
});

describe('times on a chart', () => {
  const atMs = new Date(2026, 10, 26, 14, 5).getTime();
  const written = (style: { hours: 12 | 24; dayFirst: boolean; language: string }) =>
    [timeOfDay(atMs, style), dayAndMonth(atMs, style)].map(plain);

  it('are written as the region does', () => {
    expect(written({ ...AMERICAN, language: 'en' })).toEqual(['2:05 PM', 'Nov 26']);
    expect(written({ ...GERMAN, language: 'en' })).toEqual(['14:05', '26 Nov']);
    expect(written({ ...GERMAN, language: 'ru' })).toEqual(['14:05', '26 нояб.']);
  });

  it('are of the day that a name says', () => {
    expect(dayAndMonth(noonOf('2026-11-26'), { ...GERMAN, language: 'en' })).toBe('26 Nov');
  });
});
