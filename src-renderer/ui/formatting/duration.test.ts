import { describe, expect, it } from 'vitest';
import * as duration from './duration';

// ICU puts no-break spaces here and there, and not in every version.
const plainly =
  (format: (ms: number, locale: string) => string) =>
  (ms: number, locale: string): string =>
    format(ms, locale).replace(/\s/g, ' ');
const coarseDuration = plainly(duration.coarseDuration);
const formatAge = plainly(duration.formatAge);
const formatCountdown = plainly(duration.formatCountdown);
const formatDuration = plainly(duration.formatDuration);

describe('durations', () => {
  it('carry at most two units', () => {
    expect(formatDuration(412.3, 'en')).toBe('412 ms');
    expect(formatDuration(1236, 'en')).toBe('1.24 sec');
    expect(formatDuration(125_000, 'en')).toBe('2 min 5 sec');
    expect(formatDuration(3 * 3_600_000, 'en')).toBe('3 hr');
    expect(formatDuration(26 * 3_600_000, 'en')).toBe('1 day 2 hr');
  });

  it('speak Russian', () => {
    expect(formatDuration(1236, 'ru')).toBe('1,24 с');
    expect(coarseDuration(185_000, 'ru')).toBe('3 мин');
  });

  it('are never negative, whatever the clocks say', () => {
    expect(formatDuration(-5, 'en')).toBe('0 ms');
    expect(coarseDuration(-5000, 'en')).toBe('0 sec');
  });

  it('of a list change every five seconds, and from a minute on every minute', () => {
    const ages = [-1, 0, 4999, 5000, 9999, 59_999, 60_000, 119_999, 120_000].map((ms) => formatAge(ms, 'en'));
    expect(ages).toEqual([
      ...['0 sec', '0 sec', '0 sec', '5 sec', '5 sec', '55 sec'],
      ...['1 min', '1 min', '2 min'],
    ]);
  });

  it('count down in whole seconds, so that the last one reads 1', () => {
    expect(formatCountdown(2001, 'en')).toBe('3 sec');
    expect(formatCountdown(1, 'en')).toBe('1 sec');
    expect(formatCountdown(61_000, 'en')).toBe('1 min 1 sec');
  });
});
