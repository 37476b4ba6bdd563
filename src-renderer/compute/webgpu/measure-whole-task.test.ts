import { describe, expect, it } from 'vitest';
import { staysOnAdapter } from '../../../src-shared/ipc/kernel-choice';
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
    const measured = await measureWholeTask(
      { onAdapter: named('adapter'), productOnly: named('product') },
      there,
    );
    expect(measured).toEqual({ onAdapterMs: expect.any(Number), productOnlyMs: expect.any(Number) });
    expect(runs).toEqual([1, 2, 3, 4].flatMap(() => ['product', 'adapter']));
  });

  it.each([
    ['finds another root', wrong],
    ['fails', failing],
  ])('leaves no time of a adapter that %s, so that its product alone is taken', async (_, onAdapter) => {
    const measured = await measureWholeTask({ onAdapter, productOnly: right }, there);
    expect(measured).toEqual({ onAdapterMs: null, productOnlyMs: expect.any(Number) });
    expect(staysOnAdapter(measured)).toBe(false);
  });

  it('leaves no time of a product that fails where the whole task goes well', async () => {
    const measured = await measureWholeTask({ onAdapter: right, productOnly: failing }, there);
    expect(measured).toEqual({ onAdapterMs: expect.any(Number), productOnlyMs: null });
    expect(staysOnAdapter(measured)).toBe(true);
  });

  it('blames neither way where the adapter itself went away', async () => {
    const lost = measureWholeTask({ onAdapter: failing, productOnly: right }, () => true);
    await expect(lost).rejects.toThrow('no memory');
  });
});

describe('a whole task', () => {
  it('stays on the adapter where that was faster, and nowhere it was not measured', () => {
    expect(staysOnAdapter({ onAdapterMs: 9, productOnlyMs: 10 })).toBe(true);
    expect(staysOnAdapter({ onAdapterMs: 10, productOnlyMs: 9 })).toBe(false);
    expect(staysOnAdapter({ onAdapterMs: null, productOnlyMs: null })).toBe(false);
    expect(staysOnAdapter(null)).toBe(false);
  });
});
