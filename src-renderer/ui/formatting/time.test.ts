import { describe, expect, it } from 'vitest';
import { relativeTime } from './time';

const NOW = Date.UTC(2025, 10, 22, 12);
// ICU puts no-break spaces here and there, and not in every version.
const say = (offsetMs: number, locale = 'en') =>
  relativeTime(NOW + offsetMs, NOW, locale, 'just now').replace(/\s/g, ' ');

describe('relative times', () => {
  it('say "just now" for a moment ago and a moment ahead', () => {
    expect(say(-1000)).toBe('just now');
    expect(say(1000)).toBe('just now');
  });

  it('round towards now, so that 119 seconds are one minute', () => {
    expect(say(-119_000)).toBe('1 min. ago');
    expect(say(-59_999)).toBe('59 sec. ago');
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
