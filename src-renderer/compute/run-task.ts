import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { ComputeOutcome, RowsJob, RowsRecomputed, TaskJob } from '../../src-shared/ipc/compute';
import { encodeProof } from '../../src-shared/matrix-mult/proof';
import { squareShape } from '../../src-shared/matrix-mult/shape';
import type { CpuEngine } from './cpu-engine';
import { drawnTask, type TaskEngine, type TaskOptions } from './task-engine';

/**
 * One task from seed to proof (matrix-mult-v1.md). Only a result that passes its self-check comes out.
 * @throws as the engine's `compute`
 */
export async function runTask(
  { seed: seedHex, matrixSize: n, blockHeight, openedRows }: Omit<TaskJob, 'kind' | 'method'>,
  engine: TaskEngine,
  options: TaskOptions,
): Promise<ComputeOutcome> {
  const seed = hexToBytes(seedHex);
  const { commitment, timings } = await engine.compute(drawnTask(seed, squareShape(n)), options);
  return {
    kind: 'task',
    resultHash: bytesToHex(commitment.root),
    proof: encodeProof(commitment, seed, { opened: openedRows, matrixSize: n, blockHeight }),
    engine: engine.name,
    timings,
  };
}

/** Rows of C anew, for an audit. @throws as the engine's `rowDigests` */
export async function recomputeRows(
  { seed, matrixSize: n, rows }: RowsJob,
  engine: CpuEngine,
  options: TaskOptions,
): Promise<RowsRecomputed> {
  const digests = await engine.rowDigests(drawnTask(hexToBytes(seed), squareShape(n)), rows, options);
  return { kind: 'rows', digests: digests.map(bytesToHex) };
}
