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
    ['-1', 'negative', 'negative'],
    ['−1', 'negative', 'negative'],
    ['1-1', 'not_an_amount', 'not an amount'],
    ['0.0000000000000000001', 'decimals', '18 decimal places'],
    ['1e18', 'exponent', 'exponent'],
    ['12.75E+18', 'exponent', 'exponent'],
    ['1e-7', 'exponent', 'exponent'],
    ['x1e18', 'not_an_amount', 'not an amount'],
    ['1e18x', 'not_an_amount', 'not an amount'],
    ['1,5', 'comma', 'point'],
    [',25', 'comma', 'point'],
    ['12,25', 'comma', 'point'],
    ['x1,5', 'not_an_amount', 'not an amount'],
    ['1,5x', 'not_an_amount', 'not an amount'],
    ['', 'empty', 'Type an amount'],
    ['.', 'not_an_amount', 'not an amount'],
    ['1.', 'not_an_amount', 'not an amount'],
    ['.5', 'not_an_amount', 'not an amount'],
    ['0x10', 'not_an_amount', 'not an amount'],
    ['１', 'not_an_amount', 'not an amount'],
    ['NaN', 'not_an_amount', 'not an amount'],
    ['1 000', 'not_an_amount', 'not an amount'],
    ['9'.repeat(129), 'too_long', 'too long'],
  ])('refuses %s and says why', (text, fault, why) => {
    expect(() => parseCpc(text)).toThrow(
      expect.objectContaining({ code: 'invalid_amount', remedy: 'fix_input', params: { fault } }),
    );
    expect(() => parseCpc(text)).toThrow(why);
  });

  it('takes as many digits as an amount may have', () => {
    expect(parseCpc('9'.repeat(128))).toBe((10n ** 128n - 1n) * 10n ** 18n);
    expect(parseCpc(`1.${'9'.repeat(18)}`)).toBe(2n * 10n ** 18n - 1n);
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
      expect(() => parseUnits(text)).toThrow(
        expect.objectContaining({ code: 'invalid_amount', params: { fault: 'not_an_amount' } }),
      );
    }
    expect(parseUnits('9'.repeat(128))).toBe(10n ** 128n - 1n);
    expect(() => parseUnits('9'.repeat(129))).toThrow('at most 128 digits');
    expect(() => parseUnits('1x')).toThrow('whole number');
    expect(() => parseUnits('x1')).toThrow('whole number');
  });
});
