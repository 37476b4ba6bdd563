import { MINUTES_A_DAY, type Schedule, type Span } from '../../src-shared/pause-rules/schedule';
import { localMoment, weekday } from '../clock/calendar';

/** Whether the miner may work now, and until when that stays so, ms since the epoch; null for ever. */
export type Hours = { readonly isOpen: boolean; readonly untilMs: number | null };

type Stretch = { readonly fromMs: number; readonly toMs: number };

// The day before may reach into this one; a week on the schedule comes round.
const FIRST_DAY = -1;
const LAST_DAY = 8;

/** A schedule as the local calendar has it at a moment. @param nowMs wall time, ms since the epoch */
export function openHours(schedule: Schedule, nowMs: number): Hours {
  const stretches = schedule.flatMap((span) => stretchesOf(span, nowMs));
  const open = stretches.filter(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs);
  if (open.length === 0) {
    const opens = stretches.map(({ fromMs }) => fromMs).filter((fromMs) => fromMs > nowMs);
    return { isOpen: false, untilMs: opens.length === 0 ? null : Math.min(...opens) };
  }
  const untilMs = endOf(open, stretches);
  return { isOpen: true, untilMs: untilMs < localMoment(nowMs, LAST_DAY, 0) ? untilMs : null };
}

/** Where the last of the stretches ends that follow one another without a gap. */
function endOf(open: readonly Stretch[], stretches: readonly Stretch[]): number {
  let endMs = Math.max(...open.map(({ toMs }) => toMs));
  for (;;) {
    const further = stretches.filter(({ fromMs, toMs }) => fromMs <= endMs && toMs > endMs);
    if (further.length === 0) return endMs;
    endMs = Math.max(...further.map(({ toMs }) => toMs));
  }
}

/** A span on each of the days about a moment. */
function stretchesOf({ days, fromMinute, toMinute }: Span, nowMs: number): Stretch[] {
  const found: Stretch[] = [];
  for (let day = FIRST_DAY; day <= LAST_DAY; day += 1) {
    if (!days.includes(weekday(localMoment(nowMs, day, 0)))) continue;
    const minutes = toMinute > fromMinute ? toMinute : toMinute + MINUTES_A_DAY;
    found.push({
      fromMs: localMoment(nowMs, day, fromMinute),
      toMs: localMoment(nowMs, day + Math.floor(minutes / MINUTES_A_DAY), minutes % MINUTES_A_DAY),
    });
  }
  return found;
}
