import { describe, expect, it } from 'vitest';
import type { BlockVerifier } from '../chain/block-verifier';
import type { Chapter } from '../storage/chapters';
import { LookedBack } from './looked-back';

const chapterOf = (id: number) => ({ id, chainId: 'cpc-devnet-1' }) as Chapter; // all that is looked at

describe('the blocks that were looked at', () => {
  it('are those of one chain: of another, none was', async () => {
    const asked: number[] = [];
    const taken: unknown[] = [];
    const at = async (height: number) => {
      asked.push(height);
      return { height, verification: { ok: true } };
    };
    const lookedBack = new LookedBack({ at } as unknown as BlockVerifier); // only this of it is asked
    const look = (id: number) =>
      lookedBack.after(
        7,
        chapterOf(id),
        (height) => height >= 10,
        (block) => taken.push(block),
      );
    expect([await look(1), await look(1)]).toEqual([true, true]);
    expect(asked).toEqual([8, 9, 10]);
    expect(await look(2)).toBe(true);
    expect(asked).toEqual([8, 9, 10, 8, 9, 10]);
    expect(taken).toHaveLength(6);
  });
});
