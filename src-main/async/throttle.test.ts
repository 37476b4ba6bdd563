import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { throttle } from './throttle';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function started() {
  const listeners = new Set<() => void>();
  const act = vi.fn();
  const stop = throttle(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    100,
    act,
  );
  return { act, stop, change: () => listeners.forEach((listener) => void listener()) };
}

describe('a throttle', () => {
  it('acts once for all changes of its time, and again for later ones', () => {
    const { act, change } = started();
    change();
    change();
    vi.advanceTimersByTime(99);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(act).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1000);
    expect(act).toHaveBeenCalledTimes(1);
    change();
    vi.advanceTimersByTime(100);
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('does nothing after it was stopped, not even what was due: the database is closed by then', () => {
    const { act, stop, change } = started();
    change();
    stop();
    change();
    vi.advanceTimersByTime(1000);
    expect(act).not.toHaveBeenCalled();
  });
});
