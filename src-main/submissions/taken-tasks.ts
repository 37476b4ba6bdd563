import { AppError } from '../../src-shared/errors';
import type { VerifiedBlock } from '../chain/block-verifier';
import type { TaskRecord } from './task-record';

type Taken = {
  readonly hash: string;
  readonly prevHash: string;
  /** Worker and task id of each of its results. */
  readonly results: ReadonlySet<string>;
};

// Results are sent for some blocks only; what an older block holds can't be sent again anyway.
const REMEMBERED_BLOCKS = 16;

/**
 * The newest verified blocks: which they are, and whose results they hold, by task: whatever is in one is not paid for a
 * second time, and what is of another branch not at all.
 */
export class TakenTasks {
  readonly #blocks = new Map<number, Taken>();

  /** Takes in a verified block. */
  take({ block, hash, verification }: VerifiedBlock): void {
    const results = verification.results.map(({ result }) => keyOf(result.workerAddress, result.taskId));
    this.#blocks.set(block.header.height, {
      hash,
      prevHash: block.header.prevHash,
      results: new Set(results),
    });
    const [first] = this.#blocks.keys();
    if (this.#blocks.size > REMEMBERED_BLOCKS && first !== undefined) this.#blocks.delete(first);
  }

  /** The chain no longer has the blocks from this height on. */
  forgetFrom(height: number): void {
    for (const known of [...this.#blocks.keys()]) if (known >= height) this.#blocks.delete(known);
  }

  /** The hash of the block at a height, or undefined where neither it nor the one after it was taken in. */
  hashAt(height: number): string | undefined {
    return this.#blocks.get(height)?.hash ?? this.#blocks.get(height + 1)?.prevHash;
  }

  /** The heights from `from` to `to` whose blocks were not taken in, or are forgotten. */
  missing(from: number, to: number): number[] {
    const heights = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
    return heights.filter((height) => !this.#blocks.has(height));
  }

  /** The height of the block that holds a result of the task's own account for it, or null. */
  heightOf({ account, taskId }: Pick<TaskRecord, 'account' | 'taskId'>): number | null {
    for (const [height, { results }] of this.#blocks) if (results.has(keyOf(account, taskId))) return height;
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
