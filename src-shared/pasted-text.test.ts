import { describe, expect, it } from 'vitest';
import { plainHex, plainNumber, plainPrivateKey, plainSearch, plainText } from './pasted-text';

const HASH = '4f3edf982522b4e51b7e8b5f2f9c4d1dee0011223344556677889900aabbccdd';
const GROUPS = HASH.match(/.{4}/g) ?? [];

const ways = (hex: string): Record<string, string> => ({
  'as it is': hex,
  'with 0x': `0x${hex}`,
  'with 0X, in capitals': `0X${hex.toUpperCase()}`,
  'with spaces around': `  ${hex}\n`,
  'wrapped over two lines': `${hex.slice(0, 40)}\r\n  ${hex.slice(40)}`,
  'with a zero-width space inside': `${hex.slice(0, 10)}\u200b${hex.slice(10)}`,
  'behind a byte order mark': `\ufeff${hex}`,
  'with direction marks': `\u2068${hex}\u2069\u200f`,
  'with soft hyphens': GROUPS.join('\u00ad'),
  'in groups of four': GROUPS.join(' '),
  'in groups with no-break spaces': GROUPS.join('\u00a0'),
  quoted: `"${hex}"`,
  'quoted by an editor': `“${hex}”`,
  'quoted in Russian, with 0x': `«0x${hex}»`,
  'as code': `\`${hex}\``,
  'in full-width digits': hex.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
});

describe('a hash as pasted', () => {
  it.each(Object.entries(ways(HASH)))('%s', (_, pasted) => {
    expect(plainHex(pasted)).toBe(HASH);
    expect(plainSearch(pasted)).toBe(HASH);
  });

  it('keeps what is wrong with it', () => {
    expect(plainHex('0xzz')).toBe('zz');
    expect(plainHex('')).toBe('');
    expect(plainHex('0x0x12')).toBe('0x12');
  });
});

describe('a task id as pasted', () => {
  it('keeps its hyphens', () => {
    expect(plainSearch(' "9CACEF66-fb2e-56c0-a5bf-\nd40ae6dc333f" ')).toBe(
      '9cacef66-fb2e-56c0-a5bf-d40ae6dc333f',
    );
  });
});

describe('a number as pasted', () => {
  it.each([
    ['1234', '1234'],
    [' 1,234 ', '1234'],
    ['1 234 567', '1234567'],
    ['1\u00a0234', '1234'],
    ['1\u202f234', '1234'],
    ['#1234', '1234'],
    ['\u200b12', '12'],
    ['1_000', '1000'],
  ])('%j is %s', (pasted, number) => {
    expect(plainNumber(pasted)).toBe(number);
  });

  it.each(['1,23', '1.5', '12,3456', '-1', '1e3', '1 2', '0x10', 'x'])('%j stays as it is', (pasted) => {
    expect(plainNumber(pasted)).toBe(pasted);
  });
});

describe('a private key as pasted', () => {
  it.each(Object.entries(ways(HASH)))('%s', (_, pasted) => {
    expect(plainPrivateKey(pasted)).toBe(HASH);
  });

  it.each([GROUPS.join(':'), GROUPS.join('-'), GROUPS.join('_')])('in groups: %s', (pasted) => {
    expect(plainPrivateKey(pasted)).toBe(HASH);
  });

  it('in its key file, over lines or on one', () => {
    const file = {
      name: 'alice',
      address: 'cpc1',
      public_key: '02aa',
      private_key: HASH,
      created_at: '2026',
    };
    expect(plainPrivateKey(JSON.stringify(file, null, 2))).toBe(HASH);
    expect(plainPrivateKey(`\ufeff${JSON.stringify(file)}\n`)).toBe(HASH);
  });

  it.each(['{}', '{"private_key": 7}', '{"private_key"', `{"public_key":"${HASH}"}`, '{'])(
    'a key file without one: %s',
    (pasted) => {
      expect(plainPrivateKey(pasted)).toBeNull();
    },
  );
});

describe('a text as pasted', () => {
  it('loses what no one sees and nothing inside', () => {
    expect(plainText(' \u201chttps://node.example:8000/a b\u200b/\u201d ')).toBe(
      'https://node.example:8000/a b/',
    );
  });
});
