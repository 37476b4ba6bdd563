import { describe, expect, it } from 'vitest';
import type { KernelName } from '../../../src-shared/ipc/kernel-choice';
import { squareShape } from '../../../src-shared/matrix-mult/shape';
import { type Candidate, measureKernels } from './measure-kernels';

const N = 40;
const expected = Int32Array.from({ length: N * N }, (_, index) => (index * 2_654_435_761) | 0);
const OPERATIONS = 2 * N ** 3;
const there = () => false;

type Behaviour = {
  ms?: number | number[];
  /** A bit of the last value that it gets wrong. */
  wrongBit?: number;
  fails?: 'product' | 'time';
};

/** A variant that gives the right product and takes a millisecond, but for what is said. */
function candidate(name: KernelName, { ms = 1, wrongBit, fails }: Behaviour = {}): Candidate {
  const times = [ms].flat();
  let round = 0;
  return {
    name,
    async product() {
      if (fails === 'product') throw new Error('no compile');
      const c = expected.slice();
      if (wrongBit !== undefined) c[N * N - 1] = (c[N * N - 1] ?? 0) ^ (1 << wrongBit);
      return c;
    },
    async time() {
      if (fails === 'time') throw new Error('no memory');
      return times[round++ % times.length] ?? 1;
    },
  };
}

describe('the measurement of kernels', () => {
  it('tells how fast each was, as the median of its rounds', async () => {
    const candidates = [candidate('registers', { ms: [90, 5, 5, 5, 1] }), candidate('f32-tiled', { ms: 2 })];
    expect(await measureKernels(candidates, squareShape(N), expected, there)).toEqual([
      { name: 'registers', ran: true, exact: true, gops: OPERATIONS / 5e6 },
      { name: 'f32-tiled', ran: true, exact: true, gops: OPERATIONS / 2e6 },
    ]);
  });

  it.each([0, 17, 31])('calls one inexact whose product differs in bit %i alone', async (wrongBit) => {
    const candidates = [candidate('registers'), candidate('f32-tiled', { wrongBit })];
    const measured = await measureKernels(candidates, squareShape(N), expected, there);
    expect(measured.map(({ ran, exact, gops }) => [ran, exact, gops > 0])).toEqual([
      [true, true, true],
      [true, false, false],
    ]);
  });

  it.each(['product', 'time'] as const)(
    'says of one that fails at its %s that it did not run, and goes on',
    async (fails) => {
      const candidates = [candidate('registers', { fails }), candidate('f32-tiled')];
      const measured = await measureKernels(candidates, squareShape(N), expected, there);
      expect(measured.map(({ ran, exact }) => [ran, exact])).toEqual([
        [false, false],
        [true, true],
      ]);
    },
  );

  it('blames no kernel where the adapter itself went away', async () => {
    const candidates = [candidate('registers', { fails: 'product' })];
    await expect(measureKernels(candidates, squareShape(N), expected, () => true)).rejects.toThrow(
      'no compile',
    );
  });
});
