import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { CrashPace } from './crash-pace';

describe('a page that crashes', () => {
  it('at each load is opened ever later, and after five times in a row no more by itself', () => {
    const pace = new CrashPace(new VirtualClock().monotonic, () => 0);
    const waits = Array.from({ length: 7 }, () => {
      pace.opened();
      return pace.crashed();
    });
    expect(waits).toEqual([1000, 2000, 4000, 8000, null, null, null]);
  });

  it('now and then is opened soon each time', async () => {
    const clock = new VirtualClock();
    const pace = new CrashPace(clock.monotonic, () => 0);
    for (let crash = 0; crash < 8; crash++) {
      pace.opened();
      await clock.advance(60_000);
      expect(pace.crashed()).toBe(1000);
    }
  });
});
