import { describe, expect, it } from 'vitest';
import { SlotClock } from './slot-clock';

const GENESIS = { height: 0, round: 0, timestamp: 1_000_000 };
const block = (height: number, blockTime: number, round = 0) => ({
  height,
  round,
  timestamp: GENESIS.timestamp + (height + round) * blockTime,
});

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
    expect(clock.skewMs).toBeNull();
  });

  it('expects the next block one block time after the last, by this machine clock', () => {
    const clock = new SlotClock(5000);
    clock.observe(GENESIS, null);
    const hourAhead = 3_600_000;
    clock.observe(block(1, 5), block(1, 5).timestamp * 1000 + hourAhead + 40);
    expect(clock.skewMs).toBe(hourAhead + 40);
    expect(clock.nextDueMs()).toBe(block(2, 5).timestamp * 1000 + hourAhead + 40);
  });

  it('is not thrown off by one late block', () => {
    const clock = new SlotClock(5000);
    clock.observe(GENESIS, null);
    clock.observe(block(1, 5), block(1, 5).timestamp * 1000 + 40);
    clock.observe(block(2, 5), block(2, 5).timestamp * 1000 + 2000);
    expect(clock.nextDueMs()).toBe(block(3, 5).timestamp * 1000 + 60);
  });

  it('starts over when the machine clock was set', () => {
    const clock = new SlotClock(5000);
    clock.observe(GENESIS, null);
    clock.observe(block(1, 5), block(1, 5).timestamp * 1000 + 40);
    clock.observe(block(2, 5), block(2, 5).timestamp * 1000 - 86_400_000);
    expect(clock.skewMs).toBe(-86_400_000);
  });
});
