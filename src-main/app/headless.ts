import { lasts } from '../../src-shared/error-codes';
import type { ErrorReport } from '../../src-shared/errors';
import type { Miner } from '../open-miner';

/**
 * Watches a miner without a window: `done` with exit code 0 once so many tasks are proved, with 1 and the reason when
 * it can't go on by itself.
 * @param tasks null: go on until told to stop @param isOnIt whether something is being done about an error
 */
export function watchHeadless(
  { journal, changes, status }: Pick<Miner, 'journal' | 'changes' | 'status'>,
  { tasks, isOnIt }: { readonly tasks: number | null; readonly isOnIt: (error: ErrorReport) => boolean },
  done: (code: 0 | 1, reason: ErrorReport | null) => void,
): void {
  const proved = new Set<string>();
  journal.onChange(({ state, taskId }) => {
    if (state !== 'proved') return;
    proved.add(taskId);
    if (tasks !== null && proved.size >= tasks) done(0, null);
  });
  changes.add((change) => {
    const { state } = status;
    if (change !== 'miner' || state.kind !== 'blocked') return;
    // What time does not mend, nobody is there to mend.
    if (lasts(state.error.code) && !isOnIt(state.error)) done(1, state.error);
  });
}
