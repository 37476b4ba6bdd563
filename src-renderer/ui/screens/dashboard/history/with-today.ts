import type { DayResults, Results } from '../../../../../src-shared/history/day-results';

/** Results with today's as they are pushed: what was asked for is up to a minute old, and never had more. */
export function withToday(results: Results, today: Omit<DayResults, 'day'>): Results {
  const last = results.days.at(-1);
  if (last === undefined) return results;
  const newest: DayResults = {
    day: last.day,
    computed: Math.max(last.computed, today.computed),
    accepted: Math.max(last.accepted, today.accepted),
    proved: Math.max(last.proved, today.proved),
  };
  const since = results.since ?? (newest.computed > 0 ? newest.day : null);
  return { days: [...results.days.slice(0, -1), newest], since };
}
