import { describe, expect, it } from 'vitest';
import { SlotClock } from './slot-clock';

const GENESIS = { height: 0, round: 0, timestamp: 1_000_000 };
const block = (height: number, blockTime: number, round = 0) => ({
  height,
  round,
  timestamp: GENESIS.timestamp + (height + round) * blockTime,
});

/** After block 1 was seen to arrive. */
function seen(atMs: number): SlotClock {
  const clock = new SlotClock(5000);
  clock.observe(GENESIS, null);
  clock.observe(block(1, 5), { atMs, watched: true });
  return clock;
}

describe('the slot clock', () => {
  it('learns the block time exactly from any two blocks, rounds counted in', () => {
    const clock = new SlotClock(5000);
    clock.observe(GENESIS, null);
    expect(clock.slots).toBeUndefined();
    clock.observe(block(7, 30, 3), null);
    expect(clock.blockTimeMs).toBe(30_000);
    expect(clock.slots).toEqual({ genesisTime: GENESIS.timestamp, blockTimeSeconds: 30 });
  });

  it('does not guess when the next block is due before it saw one arrive', () => {
    const clock = new SlotClock(5000);
    clock.observe(GENESIS, null);
    expect(clock.nextDueMs()).toBeNull();
    clock.observe(block(1, 5), { atMs: 70_000, watched: false });
    expect(clock.nextDueMs()).toBeNull();
  });

  it('expects the next block one block time after the last', () => {
    const clock = seen(70_040);
    expect(clock.tipArrivedMs).toBe(70_040);
    expect(clock.nextDueMs()).toBe(75_040);
  });

  it('is not thrown off by one late block', () => {
    const clock = seen(70_040);
    clock.observe(block(2, 5), { atMs: 77_000, watched: true });
    expect(clock.nextDueMs()).toBe(80_060);
  });

  it('starts over where a block was seen to arrive at quite another time', () => {
    const clock = seen(70_040);
    clock.observe(block(1000, 5), { atMs: 72_000, watched: true });
    expect(clock.nextDueMs()).toBe(77_000);
  });

  it('guesses no more once a block was there that may have come long before, as after sleep', () => {
    const clock = seen(70_040);
    clock.observe(block(1000, 5), { atMs: 72_000, watched: false });
    expect(clock.nextDueMs()).toBeNull();
  });

  it('follows a slower node a little at a time, and a faster one at once', () => {
    const clock = seen(70_040);
    clock.observe(block(2, 5), { atMs: 75_050, watched: true });
    expect(clock.nextDueMs()).toBe(80_050);
    clock.observe(block(3, 5), { atMs: 80_100, watched: false });
    expect(clock.nextDueMs()).toBe(85_070);
    clock.observe(block(4, 5), { atMs: 84_000, watched: false });
    expect(clock.nextDueMs()).toBe(89_000);
  });

  it('takes a block that is off by a whole slot for late still, and by more for another beat', () => {
    const late = seen(70_040);
    late.observe(block(2, 5), { atMs: 80_040, watched: true });
    expect(late.tipArrivedMs).toBe(75_060);
    const moved = seen(70_040);
    moved.observe(block(2, 5), { atMs: 80_041, watched: true });
    expect(moved.tipArrivedMs).toBe(80_041);
    const early = seen(70_040);
    early.observe(block(2, 5), { atMs: 70_039, watched: false });
    expect(early.tipArrivedMs).toBeNull();
  });

  it('keeps its block time where two blocks do not tell another', () => {
    const clock = new SlotClock(5000);
    expect(clock.slots).toBeUndefined();
    clock.observe(block(3, 5), null);
    clock.observe(block(3, 5), null);
    clock.observe({ ...block(4, 5), timestamp: block(3, 5).timestamp }, null);
    clock.observe({ ...block(3, 5), timestamp: block(4, 5).timestamp }, null);
    clock.observe({ ...block(4, 5), timestamp: 1 }, null);
    clock.observe({ ...block(2, 5), timestamp: 1 }, null);
    expect(clock.blockTimeMs).toBe(5000);
    expect(clock.slots).toBeUndefined();
  });

  it('has its slots begin at block 0, whichever block it saw first', () => {
    const clock = new SlotClock(5000);
    clock.observe(block(10, 30, 2), null);
    clock.observe(block(11, 30, 4), null);
    expect(clock.slots).toEqual({ genesisTime: GENESIS.timestamp, blockTimeSeconds: 30 });
  });

  it('knows no arrival once it was told that blocks come at other times', () => {
    const clock = seen(70_040);
    clock.forgetArrivals();
    expect([clock.tipArrivedMs, clock.nextDueMs()]).toEqual([null, null]);
  });
});
