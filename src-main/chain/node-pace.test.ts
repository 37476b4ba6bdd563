import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { NodePace } from './node-pace';

let clock: VirtualClock;
let pace: NodePace;
beforeEach(() => {
  clock = new VirtualClock();
  pace = new NodePace('http://node', clock.monotonic);
});

const takes = (ms: number) => pace.timed(() => clock.advance(ms));

describe('a node’s pace', () => {
  it('is not told before there are five answers, however slow they are', async () => {
    for (let count = 0; count < 4; count += 1) {
      await takes(4000);
      expect(pace.slowMs).toBeNull();
    }
    await takes(4000);
    expect(pace.slowMs).toBe(4000);
  });

  it('is the median of its last five answers, from a second on, to a tenth of one', async () => {
    for (const ms of [4000, 1040, 10, 20]) await takes(ms);
    expect(pace.slowMs).toBeNull();
    await takes(1060);
    expect(pace.slowMs).toBe(1000);
    await takes(1170);
    expect(pace.slowMs).toBe(1000);
    await takes(1180);
    expect(pace.slowMs).toBe(1100);
    for (const ms of [999, 999, 999]) await takes(ms);
    expect(pace.slowMs).toBeNull();
    await takes(1000);
    await takes(1000);
    await takes(1000);
    expect(pace.slowMs).toBe(1000);
  });

  it('counts answers that fail', async () => {
    for (let count = 0; count < 5; count += 1) {
      await expect(
        pace.timed(async () => {
          await clock.advance(2000);
          throw new Error('refused');
        }),
      ).rejects.toThrow('refused');
    }
    expect(pace.slowMs).toBe(2000);
  });
});

describe('a node that asks to be left alone', () => {
  it('is not asked until then', async () => {
    expect(pace.heldForMs).toBe(0);
    pace.requireFree();
    expect(pace.hold(1500)).toMatchObject({
      code: 'node_busy',
      remedy: 'wait',
      params: { url: 'http://node', seconds: 2 },
    });
    await clock.advance(1499);
    expect(pace.heldForMs).toBe(1);
    expect(() => pace.requireFree()).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ seconds: 1 }) }),
    );
    let asked = 0;
    const ask = async () => {
      asked += 1;
    };
    await expect(pace.timed(ask)).rejects.toMatchObject({ code: 'node_busy' });
    expect(asked).toBe(0);
    await clock.advance(1);
    expect(pace.heldForMs).toBe(0);
    await pace.timed(ask);
    expect(asked).toBe(1);
  });

  it('is asked again after ten minutes, however long it wants', () => {
    pace.hold(24 * 3_600_000);
    expect(pace.heldForMs).toBe(600_000);
  });
});
