import { describe, expect, it } from 'vitest';
import { Samples } from './samples';

function samplesOf(values: Record<string, number[]>): Samples {
  const samples = new Samples();
  for (const [key, list] of Object.entries(values)) for (const value of list) samples.add(key, value);
  return samples;
}

describe('samples', () => {
  it('have a median, of an even number too', () => {
    const samples = samplesOf({ 'odd.ms': [9, 1, 2], 'even.ms': [4, 1, 2, 9] });
    expect(samples.median('odd.ms')).toBe(2);
    expect(samples.median('even.ms')).toBe(3);
  });

  it('compare round by round, so that a slow round counts for both sides', () => {
    const samples = samplesOf({ 'a.ms': [20, 200, 22], 'b.ms': [10, 100, 11] });
    expect(samples.ratio('a.ms', 'b.ms')).toBe(2);
  });

  it('compare only the rounds that both sides ran', () => {
    const samples = samplesOf({ 'a.ms': [6, 6, 900, 900, 900], 'b.ms': [2, 2] });
    expect(samples.ratio('a.ms', 'b.ms')).toBe(3);
    expect(samples.ratio('b.ms', 'a.ms')).toBeCloseTo(1 / 3);
  });

  it('say why there is no value', () => {
    const samples = samplesOf({ 'a.ms': [1] });
    samples.fail('rival', 'it does not start');
    expect(samples.median('rival.ms')).toEqual({ untested: 'it does not start' });
    expect(samples.ratio('rival.ms', 'a.ms')).toEqual({ untested: 'it does not start' });
    expect(samples.ratio('a.ms', 'other.ms')).toEqual({ untested: 'other does not run here' });
  });
});
