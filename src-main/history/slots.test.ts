import { describe, expect, it } from 'vitest';
import { Slots, type SpreadWork } from './slots';

const NONE = { temperatureC: null, powerW: null };
const work = (fromMs: number, untilMs: number, busyMs: number): SpreadWork => ({
  fromMs,
  untilMs,
  busyMs,
  productMs: busyMs,
  operations: 10 * busyMs,
});

describe('work of a minute', () => {
  it('is shared out among the minutes in which it was done', () => {
    const slots = new Slots();
    slots.ran(0, 0, 10, NONE);
    slots.ran(60_000, 10, 20, NONE);
    slots.worked(work(5, 20, 9));
    expect(slots.take(20).map(({ busyMs, operations }) => [busyMs, operations])).toEqual([
      [3, 30],
      [6, 60],
    ]);
    expect(slots.isEmpty).toBe(true);
  });

  it('that was done while nothing ran is left out', () => {
    const slots = new Slots();
    slots.ran(0, 10, 20, NONE);
    slots.worked(work(0, 10, 7));
    slots.worked(work(20, 30, 7));
    slots.worked(work(15, 15, 7));
    expect(slots.settled(20)[0]?.busyMs).toBe(0);
  });

  it('is not settled as long as some may be added', () => {
    const slots = new Slots();
    slots.ran(0, 0, 10_000, NONE);
    slots.ran(0, 10_000, 20_000, NONE);
    expect(slots.settled(15_000).map(({ ranMs }) => ranMs)).toEqual([10_000]);
    expect(slots.take(15_000)).toHaveLength(1);
    expect(slots.settled(20_000)).toHaveLength(1);
  });

  it('has the average of what the sensors told, where they told anything', () => {
    const slots = new Slots();
    slots.ran(0, 0, 3000, { temperatureC: 60, powerW: null });
    slots.ran(0, 3000, 4000, { temperatureC: 64, powerW: 100 });
    slots.ran(0, 4000, 5000, NONE);
    expect(slots.take(5000)).toMatchObject([{ ranMs: 5000, temperatureC: 61, powerW: 100 }]);
  });
});
