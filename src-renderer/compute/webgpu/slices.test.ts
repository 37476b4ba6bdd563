import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FULL_PACE } from '../../../src-shared/ipc/pace';
import { Pacer, restFor } from '../pacer';
import { runSlices, SliceTuning } from './slices';

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

describe('sliced work', () => {
  it('does every unit once, in order, across no boundary, with at most two slices in flight', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 60 }),
        async (total, most, boundary) => {
          const slices: [number, number][] = [];
          let inFlight = 0;
          let highest = 0;
          const submit = async (first: number, count: number) => {
            slices.push([first, count]);
            inFlight += 1;
            highest = Math.max(highest, inFlight);
            await Promise.resolve();
            inFlight -= 1;
          };
          await runSlices({ total, most, boundary, submit }, new SliceTuning(), new Pacer(), quiet);
          let next = 0;
          for (const [first, count] of slices) {
            expect(first).toBe(next);
            expect(count).toBeLessThanOrEqual(most);
            expect(Math.floor(first / boundary)).toBe(Math.floor((first + count - 1) / boundary));
            next += count;
          }
          expect(next).toBe(total);
          expect(highest).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('ends within one slice of being cancelled, and leaves none in flight', async () => {
    const abort = new AbortController();
    let submitted = 0;
    let settled = 0;
    const submit = async () => {
      submitted += 1;
      if (submitted === 3) abort.abort(new Error('enough'));
      await Promise.resolve();
      settled += 1;
    };
    const work = { total: 1000, most: 1, boundary: 1000, submit };
    const options = { signal: abort.signal, onProgress: () => undefined };
    await expect(runSlices(work, new SliceTuning(), new Pacer(), options)).rejects.toThrow('enough');
    expect(submitted).toBeLessThanOrEqual(4);
    expect(settled).toBe(submitted);
  });

  it('hands on what a slice fails with, once the other has settled', async () => {
    const submit = (first: number) => (first === 1 ? Promise.reject(new Error('lost')) : Promise.resolve());
    const work = { total: 9, most: 1, boundary: 9, submit };
    await expect(runSlices(work, new SliceTuning(), new Pacer(), quiet)).rejects.toThrow('lost');
  });

  it('aims at the time a slice should take, and follows an odd measurement by steps', () => {
    const tuning = new SliceTuning();
    expect(tuning.count(6)).toBe(1);
    tuning.learn(1, 1);
    expect(tuning.count(6)).toBe(6);
    expect(tuning.count(24)).toBe(24);
    tuning.learn(6, 600);
    expect(tuning.count(24)).toBe(6);
  });
});

describe('the pace', () => {
  it('rests so long that the work makes up the share asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 5, max: 99 }),
        fc.array(fc.double({ min: 0.1, max: 30, noNaN: true }), { minLength: 50, maxLength: 60 }),
        async (dutyPercent, stretches) => {
          let rested = 0;
          const pacer = new Pacer(async (ms) => {
            rested += Math.ceil(ms);
            return Math.ceil(ms);
          });
          pacer.set({ ...FULL_PACE, dutyPercent });
          expect(pacer.inFlight).toBe(1);
          for (const ms of stretches) await pacer.after(ms, quiet.signal);
          const busy = stretches.reduce((sum, ms) => sum + ms, 0);
          expect(Math.abs(rested - restFor(busy, dutyPercent))).toBeLessThan(6);
          expect(pacer.restedMs).toBe(rested);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('at full power never rests, and has two slices in flight', async () => {
    const pacer = new Pacer(() => Promise.reject(new Error('rested')));
    await pacer.after(1000, quiet.signal);
    expect(pacer.inFlight).toBe(2);
  });

  it('ends its rest when the task is cancelled', async () => {
    const pacer = new Pacer();
    pacer.set({ ...FULL_PACE, dutyPercent: 5 });
    const abort = new AbortController();
    const rest = pacer.after(1e6, abort.signal);
    abort.abort();
    await rest;
  });
});
