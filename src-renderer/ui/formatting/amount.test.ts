import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountText, cpcText, exactCpc } from './amount';

const plain = (text: string) => text.replace(/\s/g, ' ');

describe('amounts', () => {
  it('are whole: no digit is left out, rounded or hidden behind an ellipsis', () => {
    expect(amountText('99999999920000000000', 'en')).toBe('99.99999992 CPC');
    expect(amountText('99123456789012345678', 'en')).toBe('99.123456789012345678 CPC');
    expect(plain(amountText(`1234567${'0'.repeat(17)}1`, 'ru'))).toBe('1 234 567,000000000000000001 CPC');
  });

  it('have the unit in which a fee is a number that can be read', () => {
    expect(amountText('80000000', 'en')).toBe('0.08 nCPC');
    expect(amountText('80000000', 'ru')).toBe('0,08 nCPC');
    expect(plain(amountText('80000000000000', 'ru'))).toBe('80 000 nCPC');
  });

  it('are in CPC where a person types CPC', () => {
    expect(cpcText('80000000', 'ru')).toBe('0,00000000008 CPC');
  });

  it('group the whole part, beyond 2^53 too', () => {
    expect(amountText(`123456789012345678901${'0'.repeat(18)}`, 'en')).toBe(
      '123,456,789,012,345,678,901 CPC',
    );
  });

  it('are exact in CPC, whatever they are', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (units) => {
        const text = cpcText(String(units), 'en');
        expect(text.replaceAll(',', '')).toBe(`${exactCpc(String(units))} CPC`);
      }),
    );
  });
});
