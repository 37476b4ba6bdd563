import { describe, expect, it } from 'vitest';
import { clockIsOff } from '../../../src-shared/chain/clock-skew';
import { formatSkew } from './clock-skew';

const plainly = (skewMs: number, locale: string) => formatSkew(skewMs, locale).replace(/\s/g, ' ');

describe('the difference between the clocks', () => {
  it('is worth a word beyond 5 seconds, either way', () => {
    expect([null, 0, 5000, -5000].map(clockIsOff)).toEqual([null, null, null, null]);
    expect([5001, -5001].map(clockIsOff)).toEqual(['ahead', 'behind']);
  });

  it('carries its sign, unless there is no difference', () => {
    expect(plainly(35, 'en')).toBe('+35 ms');
    expect(plainly(-125_000, 'en')).toBe('−2 min 5 sec');
    expect(plainly(-1240, 'ru')).toBe('−1,24 с');
    expect(plainly(-0.2, 'en')).toBe('0 ms');
  });
});
