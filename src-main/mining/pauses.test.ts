import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock/clock';
import { Pauses, pauseEnd } from './pauses';

describe('pauses', () => {
  it('end by themselves at their time, or when taken back', () => {
    let now = 99;
    const pauses = new Pauses({ ...systemClock, now: () => now });
    pauses.set('manual', 100);
    pauses.set('suspended', null);
    expect(pauses.current()).toHaveLength(2);
    now = 100;
    expect(pauses.current()).toEqual([{ reason: 'suspended', untilMs: null }]);
    pauses.clear('suspended');
    expect(pauses.current()).toEqual([]);
  });

  it('last as long as their preset says', () => {
    const now = new Date(2026, 4, 5, 13, 30).getTime();
    expect(pauseEnd('15m', now)).toBe(now + 900_000);
    expect(pauseEnd('1h', now)).toBe(now + 3_600_000);
    expect(pauseEnd('tomorrow', now)).toBe(new Date(2026, 4, 6).getTime());
    expect(pauseEnd('manual', now)).toBeNull();
  });
});
