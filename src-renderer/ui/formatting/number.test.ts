import { describe, expect, it } from 'vitest';
import { formatGib, formatIntegers, formatLarge, pluralCount } from './number';

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

  it('say a range with both its ends', () => {
    expect(formatIntegers(513, 2048, 'en')).toBe('513–2,048');
  });

  it('tell memory in GiB, also where a driver keeps a few bytes to itself', () => {
    expect(formatGib(2 ** 31 - 4, 'en')).toBe('2');
    expect(formatGib(2 ** 28, 'ru')).toBe('0,25');
  });
});
