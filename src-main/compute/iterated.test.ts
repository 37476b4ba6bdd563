import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import { squareShape } from '../../src-shared/matrix-mult/shape';
import { type ComputeTask, type ComputeWork, productsAtOnce } from './compute-task';
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

const OUTCOME: ComputeOutcome = {
  kind: 'task',
  resultHash: 'ab'.repeat(32),
  proof: '',
  product: null,
  engine: 'cpu',
  timings: { generateMs: 1, multiplyMs: 2, commitMs: 3, selfCheckMs: 4 },
};

/** A result that tells the seed it came from. */
function outcomeOf({ operands }: ComputeTask): ComputeOutcome {
  return operands.kind === 'drawn' ? { ...OUTCOME, resultHash: bytesToHex(operands.seed) } : OUTCOME;
}

describe('iterations of a job', () => {
  it('are one computation each, from a seed of its own, whose times add up', async () => {
    const seeds: string[] = [];
    const run = async ({ operands }: ComputeTask) => {
      if (operands.kind === 'drawn') seeds.push(bytesToHex(operands.seed));
      return OUTCOME;
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
    const large = { ...WORK, shape: squareShape(1024) };
    await expect(iterated(large, failing)).rejects.toThrow('no more');
    expect(runs).toBe(1);
  });

  it('that are small are under way several at once, and count in their order', async () => {
    let most = 0;
    const underWay = new Set<object>();
    const run = async (task: ComputeTask) => {
      underWay.add(task);
      most = Math.max(most, underWay.size);
      await new Promise((resolve) => setImmediate(resolve));
      underWay.delete(task);
      return outcomeOf(task);
    };
    const atOnce = productsAtOnce(WORK.shape);
    const many = { ...WORK, iterations: 2 * atOnce + 1 };
    const { resultHash } = await iterated(many, run);
    expect(most).toBe(atOnce);
    const oneByOne = await iterated({ ...many, shape: squareShape(256) }, async (task) => outcomeOf(task));
    expect(resultHash).toBe(oneByOne.resultHash);
  });
});
