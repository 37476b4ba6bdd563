import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCpc } from './amount';
import { AMOUNT_FORMAT, shownAmount, writtenAmount } from './shown-amount';

const say = (units: bigint) => Object.values(shownAmount(units)).join(' ');

describe('an amount that is shown', () => {
  it.each([
    ['devnet', 80_000n * 1000n, '0.08 nCPC'],
    ['testnet', 80_000n * 5000n, '0.4 nCPC'],
    ['mainnet', 80_000n * 1_000_000_000n, '80000 nCPC'],
  ])('has a short name for the fee of a result on %s', (_, units, text) => {
    expect(say(units)).toBe(text);
  });

  it('is in CPC from a thousandth of one on, and where it is nothing', () => {
    expect(say(10n ** 15n)).toBe('0.001 CPC');
    expect(say(10n ** 15n - 1n)).toBe('999999.999999999 nCPC');
    expect(say(0n)).toBe('0 CPC');
    expect(say(99_999_999_920_000_000_000n)).toBe('99.99999992 CPC');
  });

  it('is the same below nothing', () => {
    expect(say(-(10n ** 15n))).toBe('-0.001 CPC');
    expect(say(1n - 10n ** 15n)).toBe('-999999.999999999 nCPC');
    expect(say(-(10n ** 18n))).toBe('-1 CPC');
  });

  it('is written in a language’s own way, whole, with its unit', () => {
    const format = new Intl.NumberFormat('en', AMOUNT_FORMAT);
    expect(writtenAmount(shownAmount(1_234_000_000_000_000_000_001n), format)).toBe(
      '1,234.000000000000000001 CPC',
    );
    expect(writtenAmount(shownAmount(80_000_000n), format)).toBe('0.08 nCPC');
  });

  it('never loses a digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (units) => {
        const { value, unit } = shownAmount(units);
        expect(parseCpc(value)).toBe(unit === 'CPC' ? units : units * 10n ** 9n);
      }),
    );
  });
});
