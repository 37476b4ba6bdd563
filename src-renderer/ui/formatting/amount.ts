import { formatCpc, parseUnits } from '../../../src-shared/chain/amount';
import { AMOUNT_FORMAT, shownAmount, writtenAmount } from '../../../src-shared/chain/shown-amount';
import { numberFormat } from './intl';

/** Minimal units (a decimal string) with every digit, in the language's separators and the unit that fits. */
export function amountText(units: string, locale: string): string {
  return writtenAmount(shownAmount(parseUnits(units)), numberFormat(locale, AMOUNT_FORMAT));
}

/** The same in CPC however small it is, for where a person types CPC. */
export function cpcText(units: string, locale: string): string {
  return writtenAmount({ value: exactCpc(units), unit: 'CPC' }, numberFormat(locale, AMOUNT_FORMAT));
}

/** Every digit of the amount in CPC, with a point and no grouping, as it is signed; without the unit. */
export function exactCpc(units: string): string {
  return formatCpc(parseUnits(units));
}
