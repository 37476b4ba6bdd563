import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../src-shared/settings/settings-schema';
import { exactCpc } from './amount';
import { parseFeeCeiling, resultsAnHour } from './fee-ceiling';

const kept = settingsSchema.shape.feeCeilingUnits;

describe('the fee ceiling as typed', () => {
  it('is an amount of CPC, or none where nothing is typed', () => {
    expect(parseFeeCeiling(' 0.5 ', 'en')).toEqual({ ok: true, units: '500000000000000000' });
    expect(parseFeeCeiling('0.00000000008', 'en')).toEqual({ ok: true, units: '80000000' });
    expect(parseFeeCeiling('  ', 'en')).toEqual({ ok: true, units: null });
  });

  it('may have the comma of the language before its decimals, and the point of all', () => {
    for (const typed of ['0,5', '0.5', ' 0,50'])
      expect(parseFeeCeiling(typed, 'ru')).toEqual({ ok: true, units: '500000000000000000' });
    expect(parseFeeCeiling('1,234.5', 'ru')).toEqual({ ok: false, problem: 'not_an_amount' });
    // Perhaps a thousand and more.
    expect(parseFeeCeiling('1,234', 'en')).toEqual({ ok: false, problem: 'comma' });
  });

  it.each([
    ['x', 'not_an_amount'],
    ['-1', 'not_an_amount'],
    ['1e3', 'not_an_amount'],
    ['1.', 'not_an_amount'],
    ['.5', 'not_an_amount'],
    ['1 000', 'not_an_amount'],
    ['0,5', 'comma'],
    ['0', 'zero'],
    ['0.000', 'zero'],
    [`0.${'0'.repeat(18)}1`, 'decimals'],
    ['1'.repeat(23), 'too_large'],
  ])('refuses "%s": %s', (typed, problem) => {
    expect(parseFeeCeiling(typed, 'en')).toEqual({ ok: false, problem });
  });

  it('is always one that the settings keep, and reads back as it was', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 40n - 1n), (units) => {
        const typed = parseFeeCeiling(exactCpc(String(units)), 'ru');
        expect(typed).toEqual({ ok: true, units: String(units) });
        expect(kept.safeParse(String(units)).success).toBe(true);
      }),
    );
  });

  it('is never anything that the settings refuse', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{0,30}[.,]?[0-9]{0,22}$/),
        fc.constantFrom('en', 'ru'),
        (text, locale) => {
          const typed = parseFeeCeiling(text, locale);
          if (typed.ok) expect(kept.safeParse(typed.units).success).toBe(true);
        },
      ),
    );
  });
});

describe('what a ceiling pays for', () => {
  it('is whole results, and unknown where the fee is', () => {
    expect(resultsAnHour('250', '100')).toBe(2n);
    expect(resultsAnHour('99', '100')).toBe(0n);
    expect(resultsAnHour('99', null)).toBeNull();
    expect(resultsAnHour('99', '0')).toBeNull();
  });
});
