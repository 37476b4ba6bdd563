import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCpc, parseCpc, parseUnits, toUnits } from './amount';

describe('parseCpc', () => {
  it.each([
    ['1.5', 1_500_000_000_000_000_000n],
    [' 0 ', 0n],
    ['007', 7_000_000_000_000_000_000n],
    ['0.000000000000000001', 1n],
    ['1000000000', 10n ** 27n],
  ])('reads %s', (text, units) => {
    expect(parseCpc(text)).toBe(units);
  });

  it.each([
    ['-1', 'negative'],
    ['−1', 'negative'],
    ['0.0000000000000000001', '18 decimal places'],
    ['1e18', 'exponent'],
    ['1,5', 'point'],
    ['', 'Type an amount'],
    ['.', 'not an amount'],
    ['1.', 'not an amount'],
    ['.5', 'not an amount'],
    ['0x10', 'not an amount'],
    ['１', 'not an amount'],
    ['NaN', 'not an amount'],
    ['1 000', 'not an amount'],
    ['9'.repeat(200), 'too long'],
  ])('refuses %s and says why', (text, why) => {
    expect(() => parseCpc(text)).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
    expect(() => parseCpc(text)).toThrow(why);
  });

  it('reads back exactly what formatCpc writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (units) => {
        expect(parseCpc(formatCpc(toUnits(units)))).toBe(units);
      }),
    );
  });
});

describe('formatCpc', () => {
  it.each([
    [1_500_000_000_000_000_000n, '1.5'],
    [0n, '0'],
    [1n, '0.000000000000000001'],
    [10n ** 27n, '1000000000'],
    [-1_500_000_000_000_000_000n, '-1.5'],
  ])('writes %s without trailing zeros', (units, text) => {
    expect(formatCpc(units)).toBe(text);
  });
});

describe('parseUnits', () => {
  it('takes only digits', () => {
    expect(parseUnits('999978364571131881674837089')).toBe(999978364571131881674837089n);
    for (const text of ['', '-1', '1.0', '1e3', ' 1', '0x1']) {
      expect(() => parseUnits(text)).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
    }
  });
});
