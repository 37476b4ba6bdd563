import { describe, expect, it } from 'vitest';
import type { KernelName } from '../../../src-shared/ipc/kernel-choice';
import { matrixA, matrixBTransposed } from '../../../src-shared/matrix-mult/matrices';
import { rowMultiplier } from '../../../src-shared/matrix-mult/product';
import { measureKernels, type Trial } from './measure-kernels';

const N = 40;
const seed = new Uint8Array(32).fill(7);
const request = { n: N, a: matrixA(seed, N), bTransposed: matrixBTransposed(seed, N) };
const multiplyRow = rowMultiplier(request.bTransposed, N);
const expected = new Int32Array(N * N);
for (let row = 0; row < N; row += 1)
  expected.set(multiplyRow(request.a.subarray(row * N, (row + 1) * N)), row * N);

/** A trial that gives the right product, with one bit turned where `wrong` says so, and claims to take `ms`. */
const pretend =
  (ms: Partial<Record<KernelName, number>>, wrong: KernelName[] = [], bit = 0): Trial =>
  async (name) => {
    const c = expected.slice();
    if (wrong.includes(name)) c[N * N - 1] = (c[N * N - 1] ?? 0) ^ (1 << bit);
    return { c, ms: ms[name] ?? 1 };
  };
const there = () => false;

describe('the measurement of kernels', () => {
  it('tells how fast each was, as the median of its rounds', async () => {
    const trial = pretend({ registers: 5, 'f32-tiled': 2 });
    const measured = await measureKernels(['registers', 'f32-tiled'], request, expected, trial, there);
    const operations = 2 * N ** 3;
    expect(measured).toEqual([
      { name: 'registers', exact: true, gops: operations / 5e6 },
      { name: 'f32-tiled', exact: true, gops: operations / 2e6 },
    ]);
  });

  it.each([0, 17, 31])('calls one inexact whose product differs in bit %i alone', async (bit) => {
    const trial = pretend({}, ['f32-tiled'], bit);
    const measured = await measureKernels(['registers', 'f32-tiled'], request, expected, trial, there);
    expect(measured.map(({ name, exact, gops }) => [name, exact, gops > 0])).toEqual([
      ['registers', true, true],
      ['f32-tiled', false, false],
    ]);
  });

  it('calls one inexact that does not run, and goes on with the others', async () => {
    const trial: Trial = (name, ...rest) =>
      name === 'registers' ? Promise.reject(new Error('no compile')) : pretend({})(name, ...rest);
    const measured = await measureKernels(['registers', 'f32-tiled'], request, expected, trial, there);
    expect(measured.map(({ exact }) => exact)).toEqual([false, true]);
  });

  it('blames no kernel where the adapter itself went away', async () => {
    const trial: Trial = () => Promise.reject(new Error('the device was lost'));
    await expect(measureKernels(['registers'], request, expected, trial, () => true)).rejects.toThrow('lost');
  });
});
