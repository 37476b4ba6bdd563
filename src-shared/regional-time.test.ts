import { describe, expect, it } from 'vitest';
import { momentFormat, regionalTime } from './regional-time';

const EVENING = new Date(2026, 10, 26, 17, 5, 3);

// ICU puts no-break spaces here and there, and not in every version.
function say(language: string, region: string, time: 'none' | 'minutes' | 'seconds' = 'seconds'): string {
  const { locale, options } = momentFormat({ language, ...regionalTime(region) }, { date: true, time });
  return new Intl.DateTimeFormat(locale, options).format(EVENING).replace(/\s/g, ' ');
}

describe('dates and times', () => {
  it.each(['de-DE', 'en-GB', 'fr-FR', 'ru-RU', 'en-RU', 'en-DE', 'en-DK', 'pt-BR', 'de-CH'])(
    'of %s have the day first and 24 hours, in English words too',
    (region) => {
      expect(say('en', region)).toBe('26 Nov 2026, 17:05:03');
    },
  );

  it('of the United States have the month first and 12 hours', () => {
    expect(say('en', 'en-US')).toBe('Nov 26, 2026, 5:05:03 PM');
    expect(say('en', 'en-US', 'minutes')).toBe('Nov 26, 2026, 5:05 PM');
  });

  it('take order and clock each from the region: Japan has the month first and 24 hours, India neither', () => {
    expect(regionalTime('ja-JP')).toEqual({ hours: 24, dayFirst: false });
    expect(regionalTime('en-IN')).toEqual({ hours: 12, dayFirst: true });
  });

  it('keep the words and the grammar of the language', () => {
    expect(say('ru', 'ru-RU')).toBe('26 нояб. 2026 г., 17:05:03');
    expect(say('ru', 'en-US', 'minutes')).toBe('26 нояб. 2026 г., 5:05 PM');
    expect(say('ru', 'de-DE', 'none')).toBe('26 нояб. 2026 г.');
  });

  it('of a language without a region are as most of its speakers write', () => {
    expect(regionalTime('en')).toEqual({ hours: 12, dayFirst: false });
    expect(regionalTime('ru')).toEqual({ hours: 24, dayFirst: true });
  });

  it('have two digits for the minutes of an early hour, and midnight is no hour 24', () => {
    const { locale, options } = momentFormat(
      { language: 'en', hours: 24, dayFirst: true },
      { date: false, time: 'minutes' },
    );
    expect(new Intl.DateTimeFormat(locale, options).format(new Date(2026, 0, 1, 0, 5))).toBe('00:05');
  });
});
