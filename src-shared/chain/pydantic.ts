import type { JsonValue } from './json';
import { JsonNumber } from './json-value';

/*
 * pydantic's lax mode, by which the node reads every transaction, block and compute result: what it takes, we
 * must take too, or our hashes and roots would differ from the chain's (l1-protocol.md, "Block").
 */

/** Python refuses to make an integer of more digits; pydantic counts the sign as one. */
const MAX_INTEGER_LENGTH = 4300;

// Unicode White_Space, which is not JavaScript's idea of it: with U+0085, without U+FEFF.
const SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*';
const TRIM = new RegExp(`^${SPACE}|${SPACE}$`, 'g');

/** Why pydantic refuses a value as an integer, in its own words for the error. */
export type IntegerRefusal =
  | 'int_type'
  | 'int_parsing'
  | 'int_parsing_size'
  | 'int_from_float'
  | 'finite_number';

/** `int` in lax mode: an integer, a whole float below 2^63, `true`, or text such as `" 1_000 "` and `"5.0"`. */
export function laxInteger(value: JsonValue | undefined): bigint | IntegerRefusal {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'string') return integerFromText(value);
  if (!(value instanceof JsonNumber)) return 'int_type';
  if (value.isInteger) return value.toBigInt();
  const double = value.toDouble();
  if (!Number.isFinite(double)) return 'finite_number';
  if (!Number.isInteger(double)) return 'int_from_float';
  if (Math.abs(double) >= 2 ** 63) return 'int_parsing_size';
  return BigInt(double);
}

/** `str`: text only, and without lone surrogates, which pydantic cannot hold. */
export function laxString(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && isWellFormed(value) ? value : undefined;
}

/** Whether the text is free of lone surrogates. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/**
 * pydantic's own way with integers in text, oddities included (`"0__1"` is 1, `"0-1"` is -1, `"1__0"` nothing):
 * found by asking it about every short string of digits, signs, points and underscores.
 */
function integerFromText(text: string): bigint | IntegerRefusal {
  const [, sign, unsigned = ''] = /^([+-]?)(.*)$/su.exec(text.replace(TRIM, '')) ?? [];
  const digits = withoutLeadingZeros(unsigned);
  if (digits === null) return 'int_parsing';
  const whole = digits.replace(/\.0+$/, '');
  const plain = /^_|_$|__/.test(whole) ? whole : whole.replaceAll('_', '');
  const number = sign === '-' ? `-${plain}` : plain;
  if (!/^-?(?:0|[1-9][0-9]*)$/.test(number)) return 'int_parsing';
  return number.length > MAX_INTEGER_LENGTH ? 'int_parsing_size' : BigInt(number);
}

/** What is left after zeros, and underscores among them, or null where no number can come of it. */
function withoutLeadingZeros(text: string): string | null {
  const zeros = /^0[0_]*/.exec(text)?.[0].length ?? 0;
  if (zeros === 0) return /^[1-9]/.test(text) ? text : null;
  const rest = text.slice(zeros);
  if (rest === '') return text.slice(-1);
  if (rest.startsWith('.')) return text.slice(zeros - 1);
  return /^[1-9-]/.test(rest) ? rest : null;
}
