import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountParts, exactCpc, shortAmount } from './amount';

describe('amounts', () => {
  it('keep a fraction of six digits as it is', () => {
    expect(amountParts('1500000000000000000', 'en')).toEqual({ head: '1.5', tail: '' });
    expect(shortAmount('99123456000000000000', 'en')).toBe('99.123456');
  });

  it('do not count the leading zeros of a fraction below 1', () => {
    expect(shortAmount('80000000', 'en')).toBe('0.00000000008');
    expect(shortAmount('80000000', 'ru')).toBe('0,00000000008');
  });

  it('mark what was cut off, and never round up to money that is not there', () => {
    expect(shortAmount('99999999920000000000', 'en')).toBe('99.999999…');
    expect(amountParts('99999999920000000000', 'en')).toEqual({ head: '99.999999', tail: '92' });
  });

  it('group the whole part, beyond 2^53 too', () => {
    expect(amountParts(`123456789012345678901${'0'.repeat(18)}`, 'en').head).toBe(
      '123,456,789,012,345,678,901',
    );
  });

  it('show every digit between the two parts', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (units) => {
        const { head, tail } = amountParts(String(units), 'en');
        expect(head.replaceAll(',', '') + tail).toBe(exactCpc(String(units)));
      }),
    );
  });
});
