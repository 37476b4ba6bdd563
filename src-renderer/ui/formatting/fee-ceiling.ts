import { DECIMALS, parseCpc } from '../../../src-shared/chain/amount';
import { withPoint } from './decimal-mark';

// What the settings keep; far beyond any supply.
const MOST_DIGITS = 40;

/** Why what was typed is no fee ceiling; the ui has a sentence for each. */
export type FeeCeilingProblem = 'not_an_amount' | 'comma' | 'zero' | 'decimals' | 'too_large';

/** What was typed as a fee ceiling: an amount in units as a decimal string, null for none, or why it is neither. */
export type TypedFeeCeiling =
  | { readonly ok: true; readonly units: string | null }
  | { readonly ok: false; readonly problem: FeeCeilingProblem };

/**
 * The most fees an hour as a person types it, in CPC; an empty field is no ceiling.
 * @param locale whose decimal comma is taken for one; elsewhere a comma may be meant for thousands
 */
export function parseFeeCeiling(typed: string, locale: string): TypedFeeCeiling {
  const text = withPoint(typed, locale);
  if (text === '') return { ok: true, units: null };
  const problem = problemOf(text);
  return problem === null ? { ok: true, units: String(parseCpc(text)) } : { ok: false, problem };
}

/** How many results an hour a ceiling pays for; null where the fee of one is not known. Both in units. */
export function resultsAnHour(ceilingUnits: string, feeUnits: string | null): bigint | null {
  const fee = BigInt(feeUnits ?? 0);
  return fee === 0n ? null : BigInt(ceilingUnits) / fee;
}

function problemOf(text: string): FeeCeilingProblem | null {
  if (/^\d*,\d+$/.test(text)) return 'comma';
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return 'not_an_amount';
  if (fraction.length > DECIMALS) return 'decimals';
  if (/^0+$/.test(whole + fraction)) return 'zero';
  return whole.replace(/^0+/, '').length > MOST_DIGITS - DECIMALS ? 'too_large' : null;
}
