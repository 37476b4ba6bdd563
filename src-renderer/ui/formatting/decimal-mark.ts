import { plainText } from '../../../src-shared/pasted-text';
import { numberFormat } from './intl';

/**
 * An amount as typed, with a point for the decimal comma.
 * @param locale whose decimal comma is taken for one; elsewhere a comma may be meant for thousands
 */
export function withPoint(typed: string, locale: string): string {
  const text = plainText(typed);
  return hasDecimalComma(locale) && /^\d+,\d+$/.test(text) ? text.replace(',', '.') : text;
}

function hasDecimalComma(locale: string): boolean {
  return numberFormat(locale, {})
    .formatToParts(1.5)
    .some(({ type, value }) => type === 'decimal' && value === ',');
}
