import { describe, expect, it } from 'vitest';
import { parseJson } from './json';
import { isWellFormed, laxInteger, laxString } from './pydantic';

describe('laxInteger', () => {
  // Asked of pydantic 2.13 itself.
  it.each([
    ['"7"', 7n],
    ['"007"', 7n],
    ['" 12 "', 12n],
    ['"1_000"', 1000n],
    ['"+5"', 5n],
    ['"-007"', -7n],
    ['"0_1"', 1n],
    ['"0__1"', 1n],
    ['"0-1"', -1n],
    ['"000"', 0n],
    ['"00.0"', 0n],
    ['"1.00"', 1n],
    ['"1_0.0"', 10n],
    ['"-0"', 0n],
    ['"\\u00a05\\u2003"', 5n],
    ['"5\\u0085"', 5n],
    ['"0.0"', 0n],
    [`"${'9'.repeat(4300)}"`, 10n ** 4300n - 1n],
    ['"99999999999999999999.0"', 99999999999999999999n],
    ['true', 1n],
    ['false', 0n],
    ['5.0', 5n],
    ['-5e0', -5n],
    ['4611686018427387904.0', 4611686018427387904n],
    ['9223372036854775808', 9223372036854775808n],
    ['-1', -1n],
  ])('takes %s', (token, value) => {
    expect(laxInteger(parseJson(token))).toBe(value);
  });

  it.each([
    ['"+-5"', 'int_parsing'],
    ['"5\\n5"', 'int_parsing'],
    ['"0x1"', 'int_parsing'],
    ['"00x1"', 'int_parsing'],
    [`"-${'9'.repeat(4300)}"`, 'int_parsing_size'],
    ['"1__0"', 'int_parsing'],
    ['"0_"', 'int_parsing'],
    ['"--1"', 'int_parsing'],
    ['"_1"', 'int_parsing'],
    ['"1_"', 'int_parsing'],
    ['"1."', 'int_parsing'],
    ['"1.5"', 'int_parsing'],
    ['"1.0_0"', 'int_parsing'],
    ['".0"', 'int_parsing'],
    ['"1e3"', 'int_parsing'],
    ['"0x10"', 'int_parsing'],
    ['"１"', 'int_parsing'],
    ['""', 'int_parsing'],
    ['"- 5"', 'int_parsing'],
    ['"5\\ufeff"', 'int_parsing'],
    ['9223372036854775808.0', 'int_parsing_size'],
    [`"${'9'.repeat(4301)}"`, 'int_parsing_size'],
    ['5.5', 'int_from_float'],
    ['1e400', 'finite_number'],
    ['null', 'int_type'],
    ['[]', 'int_type'],
    ['{}', 'int_type'],
  ])('refuses %s', (token, reason) => {
    expect(laxInteger(parseJson(token))).toBe(reason);
  });
});

describe('laxString', () => {
  it('takes text only, without lone surrogates', () => {
    expect(laxString('😀')).toBe('😀');
    expect(laxString('\ud800')).toBeUndefined();
    expect(isWellFormed('a\udc00')).toBe(false);
    expect(laxString(null)).toBeUndefined();
    expect(laxString(parseJson('5'))).toBeUndefined();
  });
});
