import { describe, expect, it } from 'vitest';
import { rowMultiplier } from '../../../src-shared/matrix-mult/product';
import { chooseKernel, type Trial } from './choose-kernel';
import type { KernelName } from './kernel';

/** A trial on the processor that pretends to take `ms`, and is wrong in one value where `wrong` says so. */
const pretend =
  (ms: Record<string, number>, wrong: KernelName[] = []): Trial =>
  async (name, a, bTransposed, n) => {
    const row = rowMultiplier(bTransposed, n);
    const c = new Int32Array(n * n);
    for (let i = 0; i < n; i += 1) c.set(row(a.subarray(i * n, (i + 1) * n)), i * n);
    if (wrong.includes(name)) c[n * n - 1] = (c[n * n - 1] ?? 0) ^ 0x80000000;
    return { c, ms: ms[name] ?? 1 };
  };

describe('the choice of a kernel', () => {
  it('falls on the fastest, and says what it was chosen from', async () => {
    const { best, measured } = await chooseKernel(
      ['registers', 'f32-tiled'],
      pretend({ registers: 5, 'f32-tiled': 2 }),
    );
    expect(best).toBe('f32-tiled');
    expect(measured.map(({ name, exact }) => [name, exact])).toEqual([
      ['registers', true],
      ['f32-tiled', true],
    ]);
  });

  it('never falls on one whose product differs in a single bit, however fast', async () => {
    const trial = pretend({ registers: 5, 'f32-tiled': 1 }, ['f32-tiled']);
    const { best, measured } = await chooseKernel(['registers', 'f32-tiled'], trial);
    expect(best).toBe('registers');
    expect(measured[1]).toEqual({ name: 'f32-tiled', exact: false, gops: 0 });
  });

  it('refuses an adapter on which none is right, or none runs', async () => {
    await expect(chooseKernel(['registers'], pretend({}, ['registers']))).rejects.toMatchObject({
      code: 'gpu_failed',
    });
    const broken: Trial = () => Promise.reject(new Error('no compile'));
    await expect(chooseKernel(['registers'], broken)).rejects.toMatchObject({ code: 'gpu_failed' });
  });
});
