import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { WayIn } from './way-in';

/** A desktop on which there is a way in, or not. */
function desktop() {
  const clock = new VirtualClock();
  const found = { isThere: false, made: 0 };
  const wayIn = new WayIn({
    after: clock.after,
    isThere: () => found.isThere,
    make: () => {
      found.isThere = true;
      found.made += 1;
    },
  });
  return { clock, found, wayIn };
}

describe('a way to the app', () => {
  it('is made where neither a window nor a tray comes for a while, and once', async () => {
    const { clock, found, wayIn } = desktop();
    wayIn.look();
    wayIn.look();
    await clock.advance(9000);
    expect(found.made).toBe(0);
    await clock.advance(1000);
    expect(found.made).toBe(1);
    await clock.advance(60_000);
    expect(found.made).toBe(1);
  });

  it('is not made where a tray comes meanwhile, as that of a panel that starts with the session', async () => {
    const { clock, found, wayIn } = desktop();
    wayIn.look();
    await clock.advance(5000);
    found.isThere = true;
    wayIn.look();
    await clock.advance(60_000);
    expect(found.made).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  it('is made again where the tray goes later and stays away', async () => {
    const { clock, found, wayIn } = desktop();
    found.isThere = true;
    wayIn.look();
    found.isThere = false;
    wayIn.look();
    await clock.advance(10_000);
    expect(found.made).toBe(1);
  });

  it('is not made any more once the app ends', async () => {
    const { clock, found, wayIn } = desktop();
    wayIn.look();
    wayIn.close();
    await clock.advance(60_000);
    expect(found.made).toBe(0);
  });
});
