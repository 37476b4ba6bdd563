import { AppError } from '../errors';
import { plainText } from '../pasted-text';

/** An amount in minimal units: 10^18 of them make 1 CPC. Never a JS number. */
export type Units = bigint & { readonly __brand: 'Units' };

export const DECIMALS = 18;
export const UNITS_PER_CPC: Units = toUnits(10n ** 18n);

// Twice the digits of any supply; keeps a pasted page of digits from becoming a giant bigint.
const MAX_INPUT_LENGTH = 128;

/** What is wrong with a text that is no amount. */
export type AmountFault =
  | 'empty'
  | 'too_long'
  | 'negative'
  | 'exponent'
  | 'comma'
  | 'not_an_amount'
  | 'decimals';

/** Brands a bigint that is known to be an amount in minimal units. */
export function toUnits(value: bigint): Units {
  return value as Units; // a brand exists only for the type checker
}

/**
 * What a person types as an amount of CPC, such as `1.5`, in minimal units.
 * @throws AppError `invalid_amount`, saying why (`fault` among its params), for anything but an unsigned decimal of at
 *   most 18 places.
 */
export function parseCpc(text: string): Units {
  const trimmed = plainText(text);
  if (trimmed === '') throw invalid('empty', 'Type an amount of CPC, such as 1.5.');
  if (trimmed.length > MAX_INPUT_LENGTH) throw invalid('too_long', 'The amount is too long to be one.');
  if (/^[-−]/.test(trimmed)) throw invalid('negative', 'The amount cannot be negative.');
  if (/^\d+(\.\d+)?[eE][+-]?\d+$/.test(trimmed)) {
    throw invalid('exponent', 'Write the amount out in digits, without an exponent.');
  }
  if (/^\d*,\d+$/.test(trimmed)) throw invalid('comma', 'Use a point, not a comma, for the decimals.');
  const match = /^(\d+)(?:\.(\d+))?$/.exec(trimmed);
  if (match === null)
    throw invalid('not_an_amount', 'This is not an amount: use digits and at most one point, such as 1.5.');
  const fraction = match[2] ?? '';
  if (fraction.length > DECIMALS) {
    throw invalid('decimals', `CPC has ${DECIMALS} decimal places; this amount has ${fraction.length}.`);
  }
  return toUnits(BigInt((match[1] ?? '') + fraction.padEnd(DECIMALS, '0')));
}

/**
 * A decimal string of minimal units, as the node's `/balance` and our storage hold them.
 * @throws AppError `invalid_amount` for anything but digits.
 */
export function parseUnits(decimal: string): Units {
  if (!/^\d{1,128}$/.test(decimal)) {
    throw invalid('not_an_amount', 'Minimal units are written as a whole number of at most 128 digits.');
  }
  return toUnits(BigInt(decimal));
}

/** Minimal units as CPC, exactly, without trailing zeros: `1500000000000000000` → `1.5`. */
export function formatCpc(units: bigint): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(DECIMALS + 1, '0');
  const whole = digits.slice(0, -DECIMALS);
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

function invalid(fault: AmountFault, message: string): AppError {
  return new AppError('invalid_amount', message, { remedy: 'fix_input', params: { fault } });
}
