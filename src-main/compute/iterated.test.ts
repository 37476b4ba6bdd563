import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { squareShape } from '../../src-shared/matrix-mult/shape';
import type { ComputeTask, ComputeWork } from './compute-task';
import { iterated } from './iterated';

const WORK: ComputeWork = {
  shape: squareShape(1),
  operands: { kind: 'drawn', seed: new Uint8Array(32) },
  iterations: 3,
  commitment: 'merkle',
  blockHeight: 0,
  openedRows: 8,
  wantsProduct: false,
};

describe('iterations of a job', () => {
  it('are one computation each, from a seed of its own, whose times add up', async () => {
    const seeds: string[] = [];
    const run = async ({ operands }: ComputeTask) => {
      if (operands.kind === 'drawn') seeds.push(bytesToHex(operands.seed));
      const timings = { generateMs: 1, multiplyMs: 2, commitMs: 3, selfCheckMs: 4 };
      return {
        kind: 'task',
        resultHash: 'ab'.repeat(32),
        proof: '',
        product: null,
        engine: 'cpu',
        timings,
      } as const;
    };
    const { timings, proof } = await iterated(WORK, run);
    expect(new Set(seeds).size).toBe(3);
    expect(timings).toEqual({ generateMs: 3, multiplyMs: 6, commitMs: 9, selfCheckMs: 12 });
    expect(proof).toBeNull();
  });

  it('end with the first that fails', async () => {
    let runs = 0;
    const failing = async () => {
      runs += 1;
      throw new Error('no more');
    };
    await expect(iterated(WORK, failing)).rejects.toThrow('no more');
    expect(runs).toBe(1);
  });
});
