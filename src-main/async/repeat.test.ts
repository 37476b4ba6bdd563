import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { repeat } from './repeat';

describe('repeated work', () => {
  it('is done again after as long as it says, and goes on after a throw, until it is stopped', async () => {
    const clock = new VirtualClock();
    const done: number[] = [];
    const errors: unknown[] = [];
    const stop = repeat(
      clock,
      100,
      () => {
        done.push(clock.monotonic());
        if (done.length === 2) throw new Error('full disk');
        return 10;
      },
      { otherwiseMs: 50, onError: (error) => errors.push(error) },
    );
    await clock.advance(175);
    expect(done).toEqual([100, 110, 160, 170]);
    expect(errors).toEqual([new Error('full disk')]);
    stop();
    await clock.advance(1000);
    expect(done).toHaveLength(4);
    expect(clock.waiting).toBe(0);
  });
});
