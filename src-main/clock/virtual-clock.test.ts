import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock';

describe('a virtual clock', () => {
  it('runs what falls due in order, each at its own time, and what that sets going too', async () => {
    const clock = new VirtualClock();
    const ran: [string, number][] = [];
    const note = (name: string) => ran.push([name, clock.monotonic()]);
    clock.after(30, () => note('third'));
    clock.after(10, () => {
      note('first');
      void Promise.resolve().then(() => clock.after(10, () => note('second')));
    });
    clock.after(41, () => note('later'));
    await clock.advance(40);
    expect(ran).toEqual([
      ['first', 10],
      ['second', 20],
      ['third', 30],
    ]);
    expect(clock.monotonic()).toBe(40);
  });

  it('sets its wall clock without bringing anything nearer', async () => {
    const clock = new VirtualClock(1000);
    let ran = false;
    clock.after(10, () => {
      ran = true;
    });
    clock.setWall(3_600_000);
    await clock.advance(9);
    expect([ran, clock.now()]).toEqual([false, 3_601_009]);
  });
});
