import { expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import type { BlockHash } from '../../src-shared/chain/block';
import { taskId } from '../../src-shared/matrix-mult/task-id';
import { planTasks } from './chain-tasks';

const FACTS = {
  chapter: 3,
  account: parseAddress('cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp'),
  blockHash: 'ab'.repeat(32) as BlockHash,
  blockHeight: 7,
  matrixSize: 64,
};

it('plans one task for each nonce from 0 on, each with the id that anyone would give it', () => {
  const tasks = planTasks({ ...FACTS, tasksPerBlock: 16 });
  expect(tasks.map(({ taskNonce }) => taskNonce)).toEqual(Array.from({ length: 16 }, (_, nonce) => nonce));
  for (const task of tasks) {
    expect(task).toEqual({
      ...FACTS,
      taskNonce: task.taskNonce,
      taskId: taskId(FACTS.blockHash, FACTS.account, task.taskNonce, 64),
    });
  }
  expect(new Set(tasks.map((task) => task.taskId)).size).toBe(16);
});
