import { describe, expect, it } from 'vitest';
import { formatLarge, pluralCount } from './number';

const category = (count: bigint, locale: string) => new Intl.PluralRules(locale).select(pluralCount(count));

describe('numbers', () => {
  it('keep the plural of counts beyond 2^53', () => {
    expect(category(1n, 'ru')).toBe('one');
    expect(category(1_000_021n, 'ru')).toBe('one');
    expect(category(1_000_022n, 'ru')).toBe('few');
    expect(category(1_000_021n, 'en')).toBe('other');
    expect(category(10n ** 30n + 21n, 'ru')).toBe('many');
  });

  it('abbreviate from a billion on, downwards', () => {
    expect(formatLarge(999_999_999n, 'en')).toBe('999,999,999');
    expect(formatLarge(1_249_999_999_000n, 'en')).toBe('1.24T');
  });
});
