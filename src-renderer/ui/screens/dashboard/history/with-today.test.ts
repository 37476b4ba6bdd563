import { describe, expect, it } from 'vitest';
import { withToday } from './with-today';

const day = (name: string, count: number) => ({ day: name, computed: count, accepted: count, proved: count });
const today = { computed: 5, accepted: 4, proved: 3 };

describe('results with today as it is pushed', () => {
  it('have the newest of the last day, and of no other', () => {
    const results = { days: [day('2026-11-25', 1), day('2026-11-26', 4)], since: '2026-11-25' };
    expect(withToday(results, today)).toEqual({
      days: [day('2026-11-25', 1), { day: '2026-11-26', computed: 5, accepted: 4, proved: 4 }],
      since: '2026-11-25',
    });
  });

  it('begin with the first result', () => {
    const results = { days: [day('2026-11-26', 0)], since: null };
    expect(withToday(results, today).since).toBe('2026-11-26');
    expect(withToday(results, { computed: 0, accepted: 0, proved: 0 }).since).toBeNull();
  });
});
