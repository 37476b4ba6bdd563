import { bytesToHex } from '@noble/hashes/utils.js';
import type {
  ComputeOutcome,
  Operands,
  RowsJob,
  RowsRecomputed,
  TaskJob,
} from '../../src-shared/ipc/compute';
import { encodeProof } from '../../src-shared/matrix-mult/proof';
import type { Shape } from '../../src-shared/matrix-mult/shape';
import type { CpuEngine } from './cpu-engine';
import { drawnTask, givenTask, type Task, type TaskEngine, type TaskOptions } from './task-engine';

/**
 * One task from its operands to its proof (matrix-mult-v1.md). Only a result that passes its self-check comes out.
 * @throws as the engine's `compute`
 */
export async function runTask(
  { shape, operands, blockHeight, openedRows, wantsProduct }: Omit<TaskJob, 'kind' | 'method'>,
  engine: TaskEngine,
  options: TaskOptions,
): Promise<ComputeOutcome> {
  const task = { ...taskOf(shape, operands), wantsProduct };
  const { commitment, product, timings } = await engine.compute(task, options);
  // The tree is over the rows of C: it is they that a proof counts and opens.
  const header = { opened: openedRows, matrixSize: shape.rows, blockHeight };
  return {
    kind: 'task',
    resultHash: bytesToHex(commitment.root),
    proof: encodeProof(commitment, task.seed, header),
    product,
    engine: engine.name,
    timings,
  };
}

/** Rows of C anew, for an audit. @throws as the engine's `rowDigests` */
export async function recomputeRows(
  { shape, operands, rows }: RowsJob,
  engine: CpuEngine,
  options: TaskOptions,
): Promise<RowsRecomputed> {
  return { kind: 'rows', digests: await engine.rowDigests(taskOf(shape, operands), rows, options) };
}

function taskOf(shape: Shape, operands: Operands): Task {
  return operands.kind === 'drawn' ? drawnTask(operands.seed, shape) : givenTask(shape, operands, false);
}
