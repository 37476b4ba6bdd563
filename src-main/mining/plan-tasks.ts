import type { Address } from '../../src-shared/chain/address';
import type { BlockHash } from '../../src-shared/chain/block';
import { taskId } from '../../src-shared/matrix-mult/task-id';
import type { PlannedTask } from '../submissions/journal';

/** All that decides which tasks a block brings. */
export type PlanFacts = {
  readonly chapter: number;
  readonly account: Address;
  readonly blockHash: BlockHash;
  readonly blockHeight: number;
  /** N. */
  readonly matrixSize: number;
  /** How many nonces of the block are worked on, from 0. */
  readonly tasksPerBlock: number;
};

/** The tasks of one block, by nonce: 0…tasksPerBlock − 1 (matrix-mult-v1.md, "Task"). */
export function planTasks({ tasksPerBlock, ...facts }: PlanFacts): PlannedTask[] {
  const { account, blockHash, matrixSize } = facts;
  return Array.from({ length: tasksPerBlock }, (_, taskNonce) => ({
    ...facts,
    taskNonce,
    taskId: taskId(blockHash, account, taskNonce, matrixSize),
  }));
}
