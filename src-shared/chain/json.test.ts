import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, compareCodePoints, parseJson, stringifyJson } from './json';
import { asObject, JsonNumber, member } from './json-value';
import { pythonFloatRepr } from './python-float';

const canonical = (text: string): string => canonicalJson(parseJson(text));

describe('parseJson', () => {
  it('keeps every number token as it was written', () => {
    const text = '[1,1.0,-0,1e-7,123456789012345678901234567890,0.10]';
    expect(stringifyJson(parseJson(text))).toBe(text);
  });

  it('agrees with JSON.parse on whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(stringifyJson(parseJson(text)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses exactly the texts JSON.parse refuses', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '01',
      '1.',
      '-',
      'true',
      'nul',
      ' ',
      '\n',
      '"\\x"',
      '"\t"',
    ];
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join(''));
    const accepts = (parse: () => unknown): boolean => {
      try {
        parse();
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(texts, (text) => {
        expect(accepts(() => parseJson(text))).toBe(accepts(() => JSON.parse(text)));
      }),
      { numRuns: 2000 },
    );
  });

  it('lets the last of two equal keys win', () => {
    expect(canonical('{"a":1,"b":2,"a":3}')).toBe('{"a":3,"b":2}');
  });

  it('treats __proto__ as a key like any other', () => {
    const object = asObject(parseJson('{"__proto__":{"admin":true},"toString":1}'));
    expect(object && member(object, 'admin')).toBeUndefined();
    expect(object && member(object, 'hasOwnProperty')).toBeUndefined();
    expect(object && canonicalJson(object)).toBe('{"__proto__":{"admin":true},"toString":1}');
  });

  it.each([
    ['deep nesting', '['.repeat(100_000)],
    ['an integer of 4301 digits', '1'.repeat(4301)],
    ['an unfinished string', '"abc'],
    ['an unknown escape', '"\\q"'],
    ['nothing', ''],
    ['two values', '1 2'],
    ['NaN', 'NaN'],
  ])('refuses %s with invalid_json', (_, text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'invalid_json' }));
  });

  it.each([
    'ж😀',
    'a\u007f\u0080',
    '\u07ff\u0800',
    '\ud7ff',
    '\ue000\uffff',
    '\u{10000}\u{10ffff}',
    '~~~~~~',
  ])('counts its size limit in UTF-8 bytes: %j', (characters) => {
    const text = `"${characters}"`;
    const bytes = new TextEncoder().encode(text).length;
    expect(parseJson(text, { maxBytes: bytes })).toBe(characters);
    expect(() => parseJson(text, { maxBytes: bytes - 1 })).toThrow(`larger than ${bytes - 1} bytes`);
  });

  it.each([
    ['', 0, 'a value', 'the text ends'],
    ['[1', 2, "',' or ']'", 'the text ends'],
    ['[1}', 2, "',' or ']'", 'there is "}"'],
    ['{', 1, 'a quoted key', 'the text ends'],
    ['{1}', 1, 'a quoted key', 'there is "1"'],
    ['{"a"}', 4, "':'", 'there is "}"'],
    ['{"a":1]', 6, "',' or '}'", 'there is "]"'],
    ['{"a":1,}', 7, 'a quoted key', 'there is "}"'],
    ['"abc', 4, 'a closing quote', 'the text ends'],
    ['"a\n"', 2, 'a closing quote', String.raw`there is "\n"`],
    [String.raw`"\q"`, 1, 'a known escape', String.raw`there is "\\"`],
    [String.raw`"\u12g4"`, 1, 'a known escape', String.raw`there is "\\"`],
    [String.raw`"\u123"`, 1, 'a known escape', String.raw`there is "\\"`],
    [String.raw`"\x1234"`, 1, 'a known escape', String.raw`there is "\\"`],
    ['1 2', 2, 'the end', 'there is "2"'],
    ['nul', 0, 'a value', 'there is "n"'],
  ])('says of %j where it is wrong, and what was expected', (text, position, wanted, found) => {
    expect(() => parseJson(text)).toThrow(
      expect.objectContaining({
        message: `At character ${position} ${wanted} was expected, but ${found}.`,
        params: { position, expected: wanted },
      }),
    );
  });

  it('takes blanks wherever they may stand, and each escape for what it is', () => {
    const spaced = ' \t\n\r {  "a"  :  [  1  ,  { }  ,  [ ]  ]  ,  "b"  :  null  }  ';
    expect(stringifyJson(parseJson(spaced))).toBe('{"a":[1,{},[]],"b":null}');
    const escapes = String.raw`"x\"\\\/\b\f\n\r\t\u0041\uFFfFy"`;
    expect(parseJson(escapes)).toBe(JSON.parse(escapes));
    expect(parseJson(escapes)).toBe('x"\\/\b\f\n\r\tA\uffffy');
  });

  it('goes as deep as it is told, however often', () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(() => parseJson(deep(200))).not.toThrow();
    expect(() => parseJson(deep(201))).toThrow('More than 200 levels deep.');
    expect(() => parseJson('{"a":[]}', { maxDepth: 2 })).not.toThrow();
    expect(() => parseJson('{"a":[{}]}', { maxDepth: 2 })).toThrow('More than 2 levels deep.');
    expect(stringifyJson(parseJson('[[],[],[]]', { maxDepth: 2 }))).toBe('[[],[],[]]');
  });

  it('takes whole numbers of 4300 digits, a sign beside them, and longer ones that are none', () => {
    const digits = '1'.repeat(4300);
    for (const token of [digits, `-${digits}`, `${digits}.1`, `${digits}1e5`])
      expect(parseJson(token)).toEqual(new JsonNumber(token));
    for (const token of [`${digits}1`, `-${digits}1`])
      expect(() => parseJson(token)).toThrow('more than 4300 digits');
  });

  it('keeps __proto__ as a key that can be seen and set', () => {
    const object = asObject(parseJson('{"__proto__":1,"a":2}'));
    expect(Object.getOwnPropertyDescriptors(object)).toEqual({
      ['__proto__']: { value: new JsonNumber('1'), enumerable: true, configurable: true, writable: true },
      a: { value: new JsonNumber('2'), enumerable: true, configurable: true, writable: true },
    });
  });
});

describe('canonicalJson', () => {
  it.each([
    ['1', '1'],
    ['1.0', '1.0'],
    ['-0', '0'],
    ['-0.0', '-0.0'],
    ['1e-7', '1e-07'],
    ['0.00001', '1e-05'],
    ['0.0001', '0.0001'],
    ['1e22', '1e+22'],
    ['1e16', '1e+16'],
    ['123456789012345.6', '123456789012345.6'],
    ['9999999999999998.0', '9999999999999998.0'],
    ['1E2', '100.0'],
    ['5e-324', '5e-324'],
    ['1.7976931348623157e308', '1.7976931348623157e+308'],
    ['1e400', 'Infinity'],
    ['-1e400', '-Infinity'],
    ['1e-400', '0.0'],
    ['1234567890123456789012345678901234567890', '1234567890123456789012345678901234567890'],
  ])('writes the number %s as Python does, %s', (token, expected) => {
    expect(canonical(token)).toBe(expected);
  });

  it('escapes all but printable ASCII, DEL too, and leaves the slash alone', () => {
    const text = JSON.stringify('ж😀\u007f/"\\\b\f\n\r\t\u0001 \u2028');
    expect(canonical(text)).toBe('"\\u0436\\ud83d\\ude00\\u007f/\\"\\\\\\b\\f\\n\\r\\t\\u0001 \\u2028"');
  });

  it('sorts keys by code point, where UTF-16 order would put an astral key first', () => {
    expect(canonical('{"～":1,"😀":2,"a":3,"Z":4}')).toBe('{"Z":4,"a":3,"\\uff5e":1,"\\ud83d\\ude00":2}');
  });

  it('does not depend on the order keys were given in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (record) => {
        const reversed = Object.fromEntries(Object.entries(record).reverse());
        expect(canonical(JSON.stringify(reversed))).toBe(canonical(JSON.stringify(record)));
      }),
    );
  });
});

describe('compareCodePoints', () => {
  it.each([
    ['', ''],
    ['a', ''],
    ['ab', 'a'],
    ['\uffff', '\u{10000}'],
    ['\u{10000}a', '\u{10000}b'],
    ['\uffffa', '\uffffb'],
  ])('puts %j and %j in the order of Python, both ways', (a, b) => {
    const [left, right] = [a, b].map((text) => [...text].map((char) => char.codePointAt(0) ?? 0)) as [
      number[],
      number[],
    ];
    const at = left.findIndex((code, index) => code !== right[index]);
    const [one, other] = [left[at] ?? -1, right[at] ?? -1];
    const order = at < 0 ? Math.sign(left.length - right.length) : Math.sign(one - other);
    expect([Math.sign(compareCodePoints(a, b)), Math.sign(compareCodePoints(b, a))]).toEqual([
      order,
      0 - order,
    ]);
  });

  it('orders as an array of code points', () => {
    const reference = (a: string, b: string): number => {
      const [left, right] = [[...a], [...b]].map((chars) => chars.map((char) => char.codePointAt(0) ?? 0));
      const at = (left ?? []).findIndex((code, index) => code !== right?.[index]);
      return at < 0 || right?.[at] === undefined
        ? (left ?? []).length - (right ?? []).length
        : (left?.[at] ?? 0) - right[at];
    };
    const isSurrogate = (code: number) => code >= 0xd800 && code <= 0xdfff;
    // Dense where UTF-16 changes its order; fast-check's own unit for this takes seconds to begin.
    const code = fc.oneof(fc.integer({ min: 0, max: 0x10ffff }), fc.integer({ min: 0xfff0, max: 0x1000f }));
    const unit = code.filter((one) => !isSurrogate(one)).map((one) => String.fromCodePoint(one));
    const strings = fc.tuple(fc.string({ unit, maxLength: 3 }), fc.string({ unit }), fc.string({ unit }));
    fc.assert(
      fc.property(strings, ([front, one, other]) => {
        const [a, b] = [front + one, front + other];
        expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(reference(a, b)));
      }),
    );
  });
});

describe('pythonFloatRepr', () => {
  it.each([
    [Number.NaN, 'nan'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-1.25, '-1.25'],
    [0.5, '0.5'],
  ])('writes %d as Python does, %s', (value, text) => {
    expect(pythonFloatRepr(value)).toBe(text);
  });

  it('always reads back as the same double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(pythonFloatRepr(value))).toBe(value);
        expect(new JsonNumber(pythonFloatRepr(value)).isInteger).toBe(false);
      }),
    );
  });
});
