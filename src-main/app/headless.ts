import type { ErrorReport } from '../../src-shared/errors';
import type { Miner } from '../open-miner';

// Troubles that time does not mend and nobody is there to mend.
const FATAL = new Set([
  'key_missing',
  'keychain_unavailable',
  'keychain_locked',
  'passphrase_wrong',
  'vault_corrupt',
  'address_corrupt',
  'chain_mismatch',
  'insecure_node_url',
  'gpu_unavailable',
  'database_newer',
  'profile_unwritable',
]);

/**
 * Watches a miner without a window: `done` with exit code 0 once so many tasks are proved, with 1 and the reason when
 * it can't go on by itself.
 * @param tasks null: go on until told to stop
 */
export function watchHeadless(
  { journal, changes, status }: Pick<Miner, 'journal' | 'changes' | 'status'>,
  tasks: number | null,
  done: (code: 0 | 1, reason: ErrorReport | null) => void,
): void {
  const proved = new Set<string>();
  journal.onChange(({ state, taskId }) => {
    if (state !== 'proved') return;
    proved.add(taskId);
    if (tasks !== null && proved.size >= tasks) done(0, null);
  });
  changes.listen((change) => {
    if (change !== 'miner') return;
    const { state } = status;
    if (state.kind !== 'blocked' || !FATAL.has(state.error.code)) return;
    // A graphics card that was there may come back.
    if (state.error.code === 'gpu_unavailable' && state.error.retryable) return;
    done(1, state.error);
  });
}
