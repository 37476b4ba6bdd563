import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src-shared/chain/address';
import type { VerifiedBlock } from '../chain/block-verifier';
import { ALICE, BOB } from '../devnet/test-network';
import { alreadyTaken, TakenTasks } from './taken-tasks';

const account = parseAddress(ALICE.address);
const block = (height: number, ...taskIds: string[]) =>
  ({
    hash: `hash ${height}`,
    block: { header: { height, prevHash: `hash ${height - 1}` } },
    verification: { results: taskIds.map((taskId) => ({ result: { workerAddress: account, taskId } })) },
  }) as unknown as VerifiedBlock; // what is read of it

describe('what the newest blocks hold', () => {
  it('is whose results, by task', () => {
    const taken = new TakenTasks();
    taken.take(block(7, 'one'));
    taken.take(block(8, 'two', 'three'));
    const heightOf = (taskId: string) => taken.heightOf({ account, taskId });
    expect(['one', 'two', 'three', 'four'].map(heightOf)).toEqual([7, 8, 8, null]);
    expect(taken.heightOf({ account: parseAddress(BOB.address), taskId: 'one' })).toBeNull();
    taken.forgetFrom(8);
    expect(['one', 'two', 'three'].map(heightOf)).toEqual([7, null, null]);
  });

  it('is known by its hash, or by the block after it', () => {
    const taken = new TakenTasks();
    taken.take(block(7));
    expect([5, 6, 7, 8].map((height) => taken.hashAt(height))).toEqual([
      undefined,
      'hash 6',
      'hash 7',
      undefined,
    ]);
  });

  it('is asked for where it was not taken in', () => {
    const taken = new TakenTasks();
    taken.take(block(7));
    taken.take(block(9));
    expect(taken.missing(6, 10)).toEqual([6, 8, 10]);
    expect(taken.missing(9, 9)).toEqual([]);
    expect(taken.missing(8, 8)).toEqual([8]);
    expect(taken.missing(9, 7)).toEqual([]);
  });

  it('is remembered of sixteen blocks', () => {
    const taken = new TakenTasks();
    for (let height = 0; height < 17; height += 1) taken.take(block(height, `task ${height}`));
    expect(taken.missing(0, 16)).toEqual([0]);
    expect(taken.heightOf({ account, taskId: 'task 0' })).toBeNull();
    expect(taken.heightOf({ account, taskId: 'task 1' })).toBe(1);
  });

  it('names the block where a task is done already', () => {
    expect(alreadyTaken(9)).toMatchObject({ code: 'task_already_done', params: { height: 9 } });
  });
});
