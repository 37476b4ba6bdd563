import { describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { throttle } from './throttle';

function started() {
  const listeners = new Set<() => void>();
  const act = vi.fn();
  const clock = new VirtualClock();
  const stop = throttle(
    clock,
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    100,
    act,
  );
  return { clock, act, stop, change: () => listeners.forEach((listener) => void listener()) };
}

describe('a throttle', () => {
  it('acts once for all changes of its time, and again for later ones', async () => {
    const { clock, act, change } = started();
    change();
    change();
    await clock.advance(99);
    expect(act).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(act).toHaveBeenCalledTimes(1);
    await clock.advance(1000);
    expect(act).toHaveBeenCalledTimes(1);
    change();
    await clock.advance(100);
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('does nothing after it was stopped, not even what was due: the database is closed by then', async () => {
    const { clock, act, stop, change } = started();
    change();
    stop();
    change();
    await clock.advance(1000);
    expect(act).not.toHaveBeenCalled();
  });
});
