import { describe, expect, it } from 'vitest';
import { BackOff } from './back-off';

describe('back-off', () => {
  it('doubles up to its cap, shortened by jitter of at most a quarter, and starts over', () => {
    const even = new BackOff(1000, 8000, () => 0);
    expect([even.next(), even.next(), even.next(), even.next(), even.next()]).toEqual([
      1000, 2000, 4000, 8000, 8000,
    ]);
    even.reset();
    expect(even.next()).toBe(1000);
    const shortest = new BackOff(1000, 8000, () => 1);
    expect(shortest.next()).toBe(750);
  });
});
