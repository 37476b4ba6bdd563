import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import { iteratedRoot } from '../../src-shared/matrix-mult/commitment';
import { iterationSeed } from '../../src-shared/matrix-mult/seed';
import { type ComputeTask, type ComputeWork, productsAtOnce } from './compute-task';

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
  const iterate = (iteration: number) =>
    run({ ...task, operands: { kind: 'drawn', seed: iterationSeed(operands.seed, iteration) } });
  const atOnce = productsAtOnce(task.shape);
  const outcomes: ComputeOutcome[] = [];
  while (outcomes.length < iterations) {
    const count = Math.min(atOnce, iterations - outcomes.length);
    const first = outcomes.length;
    outcomes.push(
      ...(await Promise.all(Array.from({ length: count }, (_, index) => iterate(first + index)))),
    );
  }
  const results = outcomes.map(({ resultHash }) => hexToBytes(resultHash));
  const timings = outcomes.map((outcome) => outcome.timings).reduce(added);
  const [last] = outcomes.slice(-1);
  if (last === undefined) throw new Error('a task is done at least once');
  return { ...last, resultHash: bytesToHex(iteratedRoot(results)), proof: null, timings };
}

function added(one: ComputeOutcome['timings'], other: ComputeOutcome['timings']): ComputeOutcome['timings'] {
  return {
    generateMs: one.generateMs + other.generateMs,
    multiplyMs: one.multiplyMs + other.multiplyMs,
    commitMs: one.commitMs + other.commitMs,
    selfCheckMs: one.selfCheckMs + other.selfCheckMs,
  };
}
