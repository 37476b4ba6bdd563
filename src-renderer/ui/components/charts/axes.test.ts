import { describe, expect, it } from 'vitest';
import { lonePoints } from './axes';

describe('values between two gaps', () => {
  it('are found, at the ends too', () => {
    expect(lonePoints([1, null, 2, 3, null, 0, undefined, 4])).toEqual([0, 5, 7]);
    expect(lonePoints([null, null])).toEqual([]);
    expect(lonePoints([])).toEqual([]);
  });
});
