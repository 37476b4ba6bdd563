import { DECIMALS, formatCpc, toUnits } from './amount';

/** An amount in the unit it is shown in. */
export type ShownAmount = {
  /** Exact, with a point and no grouping. */
  readonly value: string;
  readonly unit: 'CPC' | 'nCPC';
};

/** With which `Intl.NumberFormat` writes an amount whole; nothing of it is ever rounded. */
export const AMOUNT_FORMAT = { maximumFractionDigits: DECIMALS } as const;

/** An amount with its unit. @param format of `AMOUNT_FORMAT` */
export function writtenAmount({ value, unit }: ShownAmount, format: Intl.NumberFormat): string {
  // Digits and a point, which Intl reads without the loss of a JS number: the type can't say so.
  return `${format.format(value as Intl.StringNumericLiteral)} ${unit}`;
}

const NANOS_IN_CPC = 1_000_000_000n;
// A thousandth of a CPC: smaller ones begin with zeros that nobody counts.
const LEAST_IN_CPC = 10n ** 15n;

/**
 * An amount as people read it, without losing a digit: in CPC, and what is below a thousandth of one, as fees are, in
 * nCPC (10^-9 CPC, 10^9 minimal units).
 */
export function shownAmount(units: bigint): ShownAmount {
  const isSmall = units > -LEAST_IN_CPC && units < LEAST_IN_CPC && units !== 0n;
  return isSmall
    ? { value: formatCpc(toUnits(units * NANOS_IN_CPC)), unit: 'nCPC' }
    : { value: formatCpc(units), unit: 'CPC' };
}
