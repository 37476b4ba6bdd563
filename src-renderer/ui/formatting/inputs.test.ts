import { describe, expect, it } from 'vitest';
import { parseMatrixSize } from './matrix-size';
import { privateKeyShape } from './private-key-shape';
import { shortHash } from './short-hash';

describe('the matrix size', () => {
  it.each(['0', '16385', '', '1.5', '1e3', '-1', 'x'])('refuses "%s"', (typed) => {
    expect(parseMatrixSize(typed)).toBeNull();
  });

  it('takes whole numbers from 1 to the limit, however they are grouped', () => {
    expect([' 1 ', '16384', '16,384', '2\u00a0048'].map(parseMatrixSize)).toEqual([1, 16384, 16384, 2048]);
  });
});

describe('the shape of a private key', () => {
  it('is complete at 64 hex characters, with or without 0x', () => {
    expect(privateKeyShape('a'.repeat(64)).kind).toBe('complete');
    expect(privateKeyShape(` 0x${'A'.repeat(64)}\n`).kind).toBe('complete');
  });

  it('says what is wrong before', () => {
    expect(privateKeyShape('')).toEqual({ kind: 'empty' });
    expect(privateKeyShape('{"name": "alice"}')).toEqual({ kind: 'no_key' });
    expect(privateKeyShape('abc')).toEqual({ kind: 'partial', length: 3 });
    expect(privateKeyShape('xyz')).toEqual({ kind: 'not_hex' });
    expect(privateKeyShape('a'.repeat(65))).toEqual({ kind: 'too_long' });
  });
});

describe('a shortened hash', () => {
  it('keeps both ends, and leaves short texts alone', () => {
    expect(shortHash('0123456789abcdef')).toBe('012345…abcdef');
    expect(shortHash('0123456789abc')).toBe('0123456789abc');
  });
});
