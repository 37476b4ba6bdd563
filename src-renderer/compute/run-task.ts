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
import { stopwatch } from './stopwatch';
import { drawnTask, givenTask, type Task, type TaskEngine, type TaskOptions } from './task-engine';

/**
 * One task from its operands to its proof (matrix-mult-v1.md). Only a result that passes its self-check comes out.
 * @throws as the engine's `compute`
 */
export async function runTask(
  {
    shape,
    operands,
    commitment: kind,
    blockHeight,
    openedRows,
    wantsProduct,
  }: Omit<TaskJob, 'kind' | 'method'>,
  engine: TaskEngine,
  options: TaskOptions,
): Promise<ComputeOutcome> {
  const isFlat = kind === 'flat';
  const task = { ...taskOf(shape, operands), wantsProduct: wantsProduct || isFlat };
  const { commitment, product, timings } = await engine.compute(task, options);
  const watch = stopwatch();
  // The tree is over the rows of C: it is they that a proof counts and opens.
  const header = { opened: openedRows, matrixSize: shape.rows, blockHeight };
  const resultHash = bytesToHex(isFlat ? await hashOf(product) : commitment.root);
  const proof = isFlat ? null : encodeProof(commitment, task.seed, header);
  return {
    kind: 'task',
    resultHash,
    proof,
    product: wantsProduct ? product : null,
    engine: engine.name,
    timings: { ...timings, commitMs: timings.commitMs + watch() },
  };
}

/** SHA-256 of C, row-major, little-endian as this machine has it: by the browser, off this thread. */
async function hashOf(product: Int32Array | null): Promise<Uint8Array> {
  if (product === null) throw new Error('the engine kept C to itself');
  // A copy of its own, not a view of memory that threads share.
  const { buffer } = product as Int32Array<ArrayBuffer>;
  return new Uint8Array(await crypto.subtle.digest('SHA-256', buffer));
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
