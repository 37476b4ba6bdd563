import { describe, expect, it } from 'vitest';
import { FRESH_BLOCKS, isStale } from './submissions';

describe('work is stale', () => {
  it.each([
    ['of a block', null, 3],
    ['of a validator', 5, 720],
  ])('%s once its block is further behind than it may be', (_of, job, blocks) => {
    const at = (tipHeight: number) => isStale({ blockHeight: 100, job }, tipHeight);
    expect([at(99), at(100), at(100 + blocks), at(101 + blocks)]).toEqual([false, false, false, true]);
  });

  it('for all who ask', () => {
    expect(FRESH_BLOCKS).toBe(3);
  });
});
