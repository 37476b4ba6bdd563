import { describe, expect, it } from 'vitest';
import { clockIsOff } from './clock-skew';

describe('a clock', () => {
  it.each([
    [null, null],
    [0, null],
    [5000, null],
    [-5000, null],
    [5001, 'ahead'],
    [-5001, 'behind'],
  ])('by %s ms is off: %s', (skewMs, way) => {
    expect(clockIsOff(skewMs)).toBe(way);
  });
});
