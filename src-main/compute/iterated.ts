import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import { iteratedRoot } from '../../src-shared/matrix-mult/commitment';
import { iterationSeed } from '../../src-shared/matrix-mult/seed';
import type { ComputeTask, ComputeWork } from './compute-task';

/**
 * Does work as often as it says, each time from the seed that follows. Of several iterations the result is the tree over
 * theirs, and there is nothing to open (poc-protocol.md, "Payloads").
 * @param run one iteration @throws what `run` does; Error for several iterations of given matrices
 */
export async function iterated(
  { iterations, ...task }: ComputeWork,
  run: (task: ComputeTask) => Promise<ComputeOutcome>,
): Promise<ComputeOutcome> {
  if (iterations === 1) return run(task);
  const { operands } = task;
  if (operands.kind === 'given') throw new Error('given matrices have one product');
  const results: Uint8Array[] = [];
  let timings = { generateMs: 0, multiplyMs: 0, commitMs: 0, selfCheckMs: 0 };
  for (let iteration = 0; ; iteration += 1) {
    const seed = iterationSeed(operands.seed, iteration);
    const outcome = await run({ ...task, operands: { kind: 'drawn', seed } });
    results.push(hexToBytes(outcome.resultHash));
    timings = added(timings, outcome.timings);
    if (iteration + 1 < iterations) continue;
    return { ...outcome, resultHash: bytesToHex(iteratedRoot(results)), proof: null, timings };
  }
}

function added(one: ComputeOutcome['timings'], other: ComputeOutcome['timings']): ComputeOutcome['timings'] {
  return {
    generateMs: one.generateMs + other.generateMs,
    multiplyMs: one.multiplyMs + other.multiplyMs,
    commitMs: one.commitMs + other.commitMs,
    selfCheckMs: one.selfCheckMs + other.selfCheckMs,
  };
}
