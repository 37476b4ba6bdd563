import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { Wake, waitUntil } from './wait';

function waiting(ms: number, wake = new Wake()) {
  const clock = new VirtualClock();
  const ended = new AbortController();
  const state = { isOver: false };
  void waitUntil(clock, ms, wake, ended.signal).then(() => {
    state.isOver = true;
  });
  return { clock, ended, wake, state };
}

describe('a wait', () => {
  it('ends after its time and not before, whatever the wall clock is set to', async () => {
    const { clock, state } = waiting(100);
    clock.setWall(3_600_000);
    await clock.advance(99);
    expect(state.isOver).toBe(false);
    await clock.advance(1);
    expect(state.isOver).toBe(true);
  });

  it('ends early by a wake or by its signal, and leaves no timer behind', async () => {
    for (const end of ['wake', 'signal'] as const) {
      const { clock, ended, wake, state } = waiting(100);
      if (end === 'wake') wake.fire();
      else ended.abort();
      await clock.advance(0);
      expect([state.isOver, clock.waiting]).toEqual([true, 0]);
    }
  });

  it('ends at once by a wake that came while nobody waited, which counts once', async () => {
    const wake = new Wake();
    wake.fire();
    const first = waiting(100, wake);
    await first.clock.advance(0);
    expect(first.state.isOver).toBe(true);
    const second = waiting(100, wake);
    await second.clock.advance(99);
    expect(second.state.isOver).toBe(false);
  });
});
