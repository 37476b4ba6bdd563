import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dutyOf, emptySample, gathered, gopsOf, joined, type Sample } from './sample';

const sample: fc.Arbitrary<Sample> = fc.record({
  atMs: fc.integer({ min: 0, max: 500 }).map((minute) => minute * 60_000),
  ranMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
  busyMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
  productMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
  operations: fc.double({ min: 0, max: 1e20, noNaN: true }),
  temperatureC: fc.option(fc.double({ min: 20, max: 100, noNaN: true })),
  powerW: fc.option(fc.double({ min: 0, max: 600, noNaN: true })),
});
const warm = (temperatureC: number, ranMs: number): Sample => ({ ...emptySample(0), ranMs, temperatureC });
const sum = (samples: readonly Sample[], name: 'ranMs' | 'operations') =>
  samples.reduce((total, one) => total + one[name], 0);

describe('samples in wider steps', () => {
  it('lose nothing, stand in order, and have one of each step', () => {
    fc.assert(
      fc.property(
        fc.array(sample, { maxLength: 60 }),
        fc.constantFrom(60_000, 300_000, 3_600_000),
        (all, step) => {
          const wide = gathered(all, step);
          expect(sum(wide, 'ranMs')).toBeCloseTo(sum(all, 'ranMs'), 3);
          expect(sum(wide, 'operations') / (sum(all, 'operations') || 1)).toBeCloseTo(
            sum(all, 'operations') === 0 ? 0 : 1,
            6,
          );
          const times = wide.map(({ atMs }) => atMs);
          expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
          expect(times.every((atMs) => atMs % step === 0)).toBe(true);
        },
      ),
    );
  });

  it('have averages within what was measured', () => {
    fc.assert(
      fc.property(sample, sample, (one, other) => {
        const { temperatureC } = joined(one, other);
        const known = [one.temperatureC, other.temperatureC].filter((value) => value !== null);
        if (known.length === 0) expect(temperatureC).toBeNull();
        else {
          expect(temperatureC).toBeGreaterThanOrEqual(Math.min(...known) - 1e-6);
          expect(temperatureC).toBeLessThanOrEqual(Math.max(...known) + 1e-6);
        }
      }),
      { examples: [[warm(31.5, Number.MIN_VALUE), warm(20, 0)]] },
    );
  });
});

describe('speed and duty', () => {
  it('are those of the time that was measured', () => {
    const busy = { ...emptySample(0), ranMs: 10_000, busyMs: 2500, productMs: 2000, operations: 6.2e9 };
    expect([gopsOf(busy), dutyOf(busy)]).toEqual([3.1, 0.25]);
  });

  it('are 0 where the miner ran and computed nothing, and duty is never above 1', () => {
    const idle = { ...emptySample(0), ranMs: 10_000 };
    expect([gopsOf(idle), dutyOf(idle), dutyOf({ ...idle, busyMs: 10_001 })]).toEqual([0, 0, 1]);
  });
});
