import { expect, it } from 'vitest';
import { nextZoom } from './zoom';

it('goes step by step between half and twice the size, and back', () => {
  expect(nextZoom(1, 'in')).toBe(1.1);
  expect(nextZoom(1.1000000238, 'in')).toBe(1.25);
  expect(nextZoom(1.1000000238, 'out')).toBe(1);
  expect([nextZoom(2, 'in'), nextZoom(0.5, 'out')]).toEqual([2, 0.5]);
  expect(nextZoom(1.75, 'reset')).toBe(1);
});
