import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import type { Miner } from '../open-miner';
import { watchHeadless } from './headless';

/** A run without a window on a miner that a test drives. */
function watched(tasks: number | null, isOnIt = (_error: ErrorReport) => false, jobs: number | null = null) {
  const ends: [number, string | null][] = [];
  let onTask: (task: { state: string; taskId: string }) => void = () => undefined;
  let onChange: (change: string) => void = () => undefined;
  let onJob: (job: { state: string }) => void = () => undefined;
  const miner = {
    status: { state: { kind: 'mining' } as unknown },
    journal: {
      onChange: (listener: typeof onTask) => {
        onTask = listener;
      },
    },
    jobs: {
      events: {
        add: (listener: typeof onJob) => {
          onJob = listener;
        },
      },
    },
    changes: {
      add: (listener: typeof onChange) => {
        onChange = listener;
      },
    },
  };
  // Only this of a miner is watched.
  watchHeadless(miner as unknown as Miner, { tasks, jobs, isOnIt }, (code, reason) =>
    ends.push([code, reason?.code ?? null]),
  );
  return {
    ends,
    task: (taskId: string, state: string) => onTask({ taskId, state }),
    job: (state: string) => onJob({ state }),
    blockedBy: (code: ErrorCode) => {
      miner.status.state = { kind: 'blocked', stage: 'node', error: toErrorReport(new AppError(code, code)) };
      onChange('miner');
    },
  };
}

describe('a run without a window', () => {
  it('ends well once so many different tasks are proved', () => {
    const { ends, task } = watched(2);
    task('a', 'computed');
    task('a', 'proved');
    task('a', 'proved');
    task('b', 'confirmed');
    expect(ends).toEqual([]);
    task('b', 'proved');
    expect(ends).toEqual([[0, null]]);
  });

  it('ends well once so many jobs are answered and the validator has them, and as many tasks are proved as were asked for', () => {
    const alone = watched(null, undefined, 1);
    alone.job('answered');
    expect(alone.ends).toEqual([]);
    alone.job('delivered');
    expect(alone.ends).toEqual([[0, null]]);
    const both = watched(1, undefined, 1);
    both.job('delivered');
    expect(both.ends).toEqual([]);
    both.task('a', 'proved');
    expect(both.ends).toEqual([[0, null]]);
  });

  it('goes on for ever where no number was asked for', () => {
    const { ends, task } = watched(null);
    for (const taskId of ['a', 'b', 'c']) task(taskId, 'proved');
    expect(ends).toEqual([]);
  });

  it('does not end for what something is being done about', () => {
    const { ends, blockedBy } = watched(null, ({ code }) => code === 'key_missing');
    blockedBy('key_missing');
    expect(ends).toEqual([]);
    blockedBy('keychain_unavailable');
    expect(ends).toEqual([[1, 'keychain_unavailable']]);
  });

  it.each([
    'key_missing',
    'keychain_unavailable',
    'keychain_locked',
    'keychain_failed',
    'passphrase_wrong',
    'vault_corrupt',
    'address_corrupt',
    'chain_mismatch',
    'insecure_node_url',
    'gpu_unavailable',
    'database_newer',
    'profile_unwritable',
  ] as const)('ends with its reason where %s keeps it from mining, which no time mends', (code) => {
    const { ends, blockedBy } = watched(null);
    blockedBy(code);
    expect(ends).toEqual([[1, code]]);
  });

  it.each([
    'node_unreachable',
    'node_timeout',
    'block_invalid',
    'insufficient_balance',
    'fee_ceiling_reached',
    'gpu_lost',
    'compute_failed',
    'disk_full',
  ] as const)('goes on where %s keeps it from mining: it may pass', (code) => {
    const { ends, blockedBy } = watched(null);
    blockedBy(code);
    expect(ends).toEqual([]);
  });
});
