import { describe, expect, it } from 'vitest';
import { MinuteCount } from './minute-count';

describe('a count of the last minute', () => {
  it('holds what was added within it, and forgets it second by second', () => {
    let now = 12_345;
    const minute = new MinuteCount(() => now);
    for (let second = 0; second < 90; second += 1) {
      minute.add();
      minute.add();
      now += 1000;
    }
    expect(minute.count).toBe(118);
    now += 30_000;
    expect(minute.count).toBe(58);
    now += 29_000;
    expect(minute.count).toBe(0);
  });

  it('is empty after any pause that is longer', () => {
    let now = 0;
    const minute = new MinuteCount(() => now);
    minute.add();
    now = 86_400_000;
    expect(minute.count).toBe(0);
    minute.add();
    expect(minute.count).toBe(1);
  });
});
