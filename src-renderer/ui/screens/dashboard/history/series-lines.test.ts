import { describe, expect, it } from 'vitest';
import { emptySample, type Sample } from '../../../../../src-shared/history/sample';
import { SPAN_NAMES, SPANS, spanAt } from '../../../../../src-shared/history/series';
import { extremes, seriesLines, seriesRows } from './series-lines';

const MINUTE = 60_000;
const NOW = 472_222 * 60 * MINUTE + 90_000;

const mined = (atMs: number): Sample => ({
  ...emptySample(atMs),
  ranMs: MINUTE,
  busyMs: 15_000,
  productMs: 1000,
  operations: 3e9,
});

describe('the lines of a chart', () => {
  it.each(SPAN_NAMES)('have a place for each step of the span, and none of what is not known: %s', (span) => {
    const { fromMs, untilMs } = spanAt(span, NOW);
    const { stepMs, lengthMs } = SPANS[span];
    const { times, gops, duty } = seriesLines({ fromMs, untilMs, samples: [mined(untilMs - stepMs)] }, span);
    expect([times.length, gops.length, duty.length]).toEqual(Array(3).fill(lengthMs / stepMs));
    expect(gops.slice(-2)).toEqual([null, 3]);
    expect(duty.slice(-2)).toEqual([null, 0.25]);
    expect(times.at(-1)).toBeLessThanOrEqual(NOW);
  });

  it('tell mining at 0 from not mining', () => {
    const { fromMs, untilMs } = spanAt('hour', NOW);
    const idle = { ...emptySample(fromMs), ranMs: MINUTE };
    const { gops } = seriesLines({ fromMs, untilMs, samples: [idle] }, 'hour');
    expect(gops.slice(0, 2)).toEqual([0, null]);
  });
});

describe('the rows of a table', () => {
  it.each([
    ['hour', 13],
    ['day', 25],
    ['month', 31],
  ] as const)('are few, newest first, and add up: %s', (span, most) => {
    const { fromMs, untilMs } = spanAt(span, NOW);
    const { stepMs } = SPANS[span];
    const samples = [mined(fromMs), mined(untilMs - 2 * stepMs), mined(untilMs - stepMs)];
    const rows = seriesRows({ fromMs, untilMs, samples }, span);
    expect(rows.length).toBeLessThanOrEqual(most);
    const times = rows.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(rows.reduce((sum, { sample }) => sum + (sample?.ranMs ?? 0), 0)).toBe(3 * MINUTE);
    expect(rows.some(({ sample }) => sample === null)).toBe(true);
  });
});

describe('what a chart comes to', () => {
  it('is its lowest, its highest and its newest value', () => {
    expect(extremes([null, 3, 1, 2, null])).toEqual({ low: 1, high: 3, now: 2 });
    expect(extremes([3, null, null])).toEqual({ low: 3, high: 3, now: null });
    expect(extremes([3, 0])).toEqual({ low: 0, high: 3, now: 0 });
  });
});
