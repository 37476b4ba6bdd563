import { describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { known, type Reading, unknown } from '../machine/machine';
import { FactWatch } from './fact-watch';

function scene(isComputing = true) {
  const clock = new VirtualClock();
  const open: { answer: (reading: Reading<number>) => void; fail: () => void }[] = [];
  const state = { isComputing };
  const told = vi.fn();
  const endWatch = vi.fn();
  let change: () => void = () => undefined;
  const watch = new FactWatch<number>({
    probe: {
      everyMs: 500,
      read: () => new Promise((answer, fail) => open.push({ answer, fail: () => fail(new Error('no bus')) })),
      watch: (onChange) => {
        change = onChange;
        return endWatch;
      },
    },
    clock,
    isComputing: () => state.isComputing,
    onReading: told,
  });
  const answer = async (reading: Reading<number>) => {
    open.at(-1)?.answer(reading);
    await clock.advance(0);
  };
  return { clock, open, state, told, watch, answer, endWatch, change: () => change() };
}

describe('a fact of the machine', () => {
  it('is asked for again and again at whole multiples, more rarely while nothing computes', async () => {
    const { clock, open, state, watch, answer } = scene();
    await answer(known(1));
    await clock.advance(500);
    expect([watch.reading, open.length]).toEqual([known(1), 2]);
    state.isComputing = false;
    await answer(known(2));
    await clock.advance(4499);
    expect(open).toHaveLength(2);
    await clock.advance(1);
    expect(open).toHaveLength(3);
  });

  it('is asked for in time once something computes', async () => {
    const { clock, open, state, watch, answer } = scene(false);
    await answer(known(1));
    state.isComputing = true;
    watch.hurry();
    await clock.advance(500);
    expect(open).toHaveLength(2);
  });

  it('is unknown where the answer never comes, and not asked for twice at once', async () => {
    const { clock, open, watch, answer } = scene();
    await clock.advance(60_000);
    expect([watch.reading, open.length]).toEqual([unknown('no_answer'), 1]);
    await answer(known(3));
    expect(watch.reading).toEqual(known(3));
  });

  it('stands for half a minute where one answer fails, and is unknown after that', async () => {
    const { clock, open, watch, answer } = scene();
    await answer(known(1));
    for (let seconds = 0; seconds < 29; seconds += 0.5) {
      await clock.advance(500);
      open.at(-1)?.fail();
      await clock.advance(0);
      expect(watch.reading).toEqual(known(1));
    }
    await clock.advance(500);
    open.at(-1)?.fail();
    await clock.advance(500);
    open.at(-1)?.fail();
    await clock.advance(0);
    expect(watch.reading).toEqual(unknown('failed'));
  });

  it('is gone at once where the machine says that it can’t be known', async () => {
    const { clock, watch, answer } = scene();
    await answer(known(1));
    await clock.advance(500);
    await answer(unknown('no_battery'));
    expect(watch.reading).toEqual(unknown('no_battery'));
  });

  it('is asked for at once where the machine tells of a change, and once more where it was being asked', async () => {
    const { open, change, answer } = scene();
    change();
    change();
    expect(open).toHaveLength(1);
    await answer(known(1));
    expect(open).toHaveLength(2);
    await answer(known(2));
    change();
    expect(open).toHaveLength(3);
  });

  it('is asked for no more once closed, and a late answer is nobody’s', async () => {
    const { clock, watch, told, endWatch, answer } = scene();
    watch.close();
    await answer(known(1));
    await clock.advance(60_000);
    expect([told.mock.calls.length, endWatch.mock.calls.length, clock.waiting]).toEqual([0, 1, 0]);
  });
});
