import { AppError } from '../../src-shared/errors';
import type { VerifiedBlock } from '../chain/block-verifier';
import type { TaskRecord } from './task-record';

// Results are sent for some blocks only; what an older block holds can't be sent again anyway.
const REMEMBERED_BLOCKS = 16;

/** Whose results the newest verified blocks hold, by task: whatever is in one is not paid for a second time. */
export class TakenTasks {
  /** Height → worker and task id of each of the block's results. */
  readonly #blocks = new Map<number, ReadonlySet<string>>();

  /** Takes in a verified block. */
  take({ block, verification }: VerifiedBlock): void {
    const results = verification.results.map(({ result }) => keyOf(result.workerAddress, result.taskId));
    this.#blocks.set(block.header.height, new Set(results));
    const [first] = this.#blocks.keys();
    if (this.#blocks.size > REMEMBERED_BLOCKS && first !== undefined) this.#blocks.delete(first);
  }

  /** The chain no longer has the blocks from this height on. */
  forgetFrom(height: number): void {
    for (const known of [...this.#blocks.keys()]) if (known >= height) this.#blocks.delete(known);
  }

  /** The heights from `from` to `to` whose blocks were not taken in, or are forgotten. */
  missing(from: number, to: number): number[] {
    const heights = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
    return heights.filter((height) => !this.#blocks.has(height));
  }

  /** The height of the block that holds a result of the task's own account for it, or null. */
  heightOf({ account, taskId }: Pick<TaskRecord, 'account' | 'taskId'>): number | null {
    for (const [height, results] of this.#blocks) if (results.has(keyOf(account, taskId))) return height;
    return null;
  }
}

/** Why a task that a block holds already is not submitted. */
export function alreadyTaken(height: number): AppError {
  return new AppError(
    'task_already_done',
    `Block ${height} holds a result of this key for the task already, sent by another program: a second one would only cost a second fee.`,
    { params: { height } },
  );
}

function keyOf(worker: string, taskId: string): string {
  return `${worker} ${taskId}`;
}
