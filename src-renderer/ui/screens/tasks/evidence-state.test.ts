import { describe, expect, it } from 'vitest';
import type { TaskTrail } from '../../../../src-shared/ipc/task-row';
import type { TaskState } from '../../../../src-shared/ipc/task-state';
import { evidenceState } from './evidence-state';

const CHECK = { name: 'hash', ok: true, expected: 'a', actual: 'a' };

function stateOf(state: TaskState, confirmedHeight: number | null, checks: TaskTrail['checks'] = []) {
  const task: TaskTrail['task'] = {
    taskId: 'id',
    state,
    blockHeight: 1,
    blockHash: 'hash',
    taskNonce: 0,
    matrixSize: 64,
    byHand: false,
    engine: 'cpu',
    computeMs: 1,
    resultHash: 'hash',
    feeUnits: '1',
    accountNonce: '0',
    txHash: 'hash',
    confirmedHeight,
    confirmedTxIndex: confirmedHeight === null ? null : 0,
    reason: null,
    createdAtMs: 0,
    updatedAtMs: 0,
  };
  return evidenceState({ task, checks });
}

describe('the evidence of a task', () => {
  it('is here where there are checks', () => {
    expect(stateOf('proved', 2, [CHECK])).toBe('here');
    expect(stateOf('rejected', 2, [CHECK])).toBe('here');
  });

  it('was let go of where checks must have been made and none is left', () => {
    expect(stateOf('proved', 2)).toBe('not_kept');
    expect(stateOf('rejected', 2)).toBe('not_kept');
  });

  it.each(['planned', 'computed', 'reserved', 'signed', 'sent', 'in_pool'] as const)(
    'is to come while the task is %s',
    (state) => expect(stateOf(state, null)).toBe('to_come'),
  );

  it('is to come between the block and its checks', () => {
    expect(stateOf('confirmed', 2)).toBe('to_come');
  });

  it.each(['rejected', 'expired', 'superseded', 'abandoned'] as const)(
    'was never there where the task ended before a block: %s',
    (state) => expect(stateOf(state, null)).toBe('never'),
  );

  it('was never there for what was given up with its chain, seen in a block or not', () => {
    expect(stateOf('abandoned', 2)).toBe('never');
  });
});
