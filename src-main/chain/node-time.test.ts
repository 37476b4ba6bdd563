import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { blocksBehind, NodeTime } from './node-time';

describe('the time of a node', () => {
  it('is this machine’s until it says its own, and goes on from what it said', async () => {
    const clock = new VirtualClock(1_000_000);
    const time = new NodeTime(clock);
    await clock.advance(500);
    expect(time.now()).toBe(1_000_500);
    time.note(5_000_000);
    expect(time.now()).toBe(5_000_000);
    await clock.advance(250);
    clock.setWall(3_600_000);
    expect(time.now()).toBe(5_000_250);
  });

  it('is this machine’s again once the node does not say, or what it said may be wrong', async () => {
    const clock = new VirtualClock(1_000_000);
    const time = new NodeTime(clock);
    await clock.advance(500);
    for (const lose of [() => time.note(null), () => time.forget()]) {
      time.note(5_000_000);
      lose();
      expect(time.now()).toBe(1_000_500);
    }
  });
});

describe('a node', () => {
  it.each([
    [15_999, 0],
    [20_000, 4],
    [24_999, 4],
    [25_000, 5],
    [-60_000, 0],
  ])('whose newest block is %i ms old is %i blocks behind', (ageMs, behind) => {
    expect(blocksBehind(1000, 5000, 1_000_000 + ageMs)).toBe(behind);
  });
});
