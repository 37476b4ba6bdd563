import { formatCpc, parseUnits } from '../../../src-shared/chain/amount';
import { numberFormat } from './intl';

const SHOWN_DECIMALS = 6;

/** An amount cut in two for display: `head` is read at a glance, `tail` are the remaining exact digits. */
export type AmountParts = {
  /** Grouped integer part and the first six significant decimals, in the locale's own separators. */
  readonly head: string;
  /** The decimals left out of `head`; empty where it is already exact. */
  readonly tail: string;
};

/**
 * Minimal units (a decimal string) as CPC for display. Leading zeros of a fraction below 1 are not significant:
 * `80000000` → `0.00000000008`.
 */
export function amountParts(units: string, locale: string): AmountParts {
  const [whole = '0', fraction = ''] = exactCpc(units).split('.');
  const grouped = numberFormat(locale).format(BigInt(whole));
  if (fraction === '') return { head: grouped, tail: '' };
  const leadingZeros = whole === '0' ? fraction.length - fraction.replace(/^0+/, '').length : 0;
  const cut = leadingZeros + SHOWN_DECIMALS;
  return {
    head: grouped + decimalSeparator(locale) + fraction.slice(0, cut),
    tail: fraction.slice(cut),
  };
}

/** The amount on one line, cut after six significant decimals with an ellipsis; without the unit. */
export function shortAmount(units: string, locale: string): string {
  const { head, tail } = amountParts(units, locale);
  return tail === '' ? head : `${head}…`;
}

/** Every digit of the amount in CPC, with a point and no grouping, as it is signed; without the unit. */
export function exactCpc(units: string): string {
  return formatCpc(parseUnits(units));
}

function decimalSeparator(locale: string): string {
  const parts = numberFormat(locale).formatToParts(0.5);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}
