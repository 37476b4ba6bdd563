import { describe, expect, it } from 'vitest';
import { spanText } from './span-text';

describe('a span of time', () => {
  it.each([
    [4123, '4.1 s'],
    [90_000, '90 s'],
    [300_000, '5 min'],
    [7_200_000, '2 h'],
    [30 * 86_400_000, '30 days'],
  ])('of %d ms is told as %s', (spanMs, text) => {
    expect(spanText(spanMs)).toBe(text);
  });
});
