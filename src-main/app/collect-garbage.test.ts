import { expect, it } from 'vitest';
import { collectGarbage } from './collect-garbage';

it('what nothing holds any more is given back at once, and nobody else is let at the collector', () => {
  collectGarbage();
  const empty = process.memoryUsage().heapUsed;
  let held = Array.from({ length: 20_000 }, (_, index) => ({ index, more: [index] }));
  const full = process.memoryUsage().heapUsed;
  expect(full - empty).toBeGreaterThan(1 << 20);
  held = [];
  collectGarbage();
  expect(process.memoryUsage().heapUsed - empty).toBeLessThan((full - empty) / 4);
  expect(held).toEqual([]);
  expect('gc' in globalThis).toBe(false);
});
