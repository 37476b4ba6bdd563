import { describe, expect, it } from 'vitest';
import { staysOnCard } from '../../../src-shared/ipc/kernel-choice';
import { measureWholeTask, type Way } from './measure-whole-task';

const ROOT = new Uint8Array(32).fill(1);
const there = () => false;
const right: Way = async () => ROOT;
const wrong: Way = async () => new Uint8Array(32).fill(2);
const failing: Way = async () => {
  throw new Error('no memory');
};

describe('the measurement of whole tasks', () => {
  it('times both ways, each often enough for a median, after a round that compiles', async () => {
    const runs: string[] = [];
    const named = (name: string): Way => {
      return async () => {
        runs.push(name);
        return ROOT;
      };
    };
    const measured = await measureWholeTask({ onCard: named('card'), productOnly: named('product') }, there);
    expect(measured).toEqual({ onCardMs: expect.any(Number), productOnlyMs: expect.any(Number) });
    expect(runs).toEqual([1, 2, 3, 4].flatMap(() => ['product', 'card']));
  });

  it.each([
    ['finds another root', wrong],
    ['fails', failing],
  ])('leaves no time of a card that %s, so that its product alone is taken', async (_, onCard) => {
    const measured = await measureWholeTask({ onCard, productOnly: right }, there);
    expect(measured).toEqual({ onCardMs: null, productOnlyMs: expect.any(Number) });
    expect(staysOnCard(measured)).toBe(false);
  });

  it('leaves no time of a product that fails where the whole task goes well', async () => {
    const measured = await measureWholeTask({ onCard: right, productOnly: failing }, there);
    expect(measured).toEqual({ onCardMs: expect.any(Number), productOnlyMs: null });
    expect(staysOnCard(measured)).toBe(true);
  });

  it('blames neither way where the adapter itself went away', async () => {
    const lost = measureWholeTask({ onCard: failing, productOnly: right }, () => true);
    await expect(lost).rejects.toThrow('no memory');
  });
});

describe('a whole task', () => {
  it('stays on the card where that was faster, and nowhere it was not measured', () => {
    expect(staysOnCard({ onCardMs: 9, productOnlyMs: 10 })).toBe(true);
    expect(staysOnCard({ onCardMs: 10, productOnlyMs: 9 })).toBe(false);
    expect(staysOnCard({ onCardMs: null, productOnlyMs: null })).toBe(false);
    expect(staysOnCard(null)).toBe(false);
  });
});
