import { lasts } from '../../src-shared/error-codes';
import type { ErrorReport } from '../../src-shared/errors';
import type { Miner } from '../open-miner';

type Wanted = {
  readonly tasks: number | null;
  readonly jobs: number | null;
  readonly isOnIt: (error: ErrorReport) => boolean;
};

/**
 * Watches a miner without a window: `done` with exit code 0 once so many tasks are proved and so many jobs answered, as
 * the validator has shown; with 1 and the reason when it can't go on by itself.
 * @param tasks, jobs null: go on until told to stop @param isOnIt whether something is being done about an error
 */
export function watchHeadless(
  { journal, jobs: { events }, changes, status }: Pick<Miner, 'journal' | 'jobs' | 'changes' | 'status'>,
  { tasks, jobs, isOnIt }: Wanted,
  done: (code: 0 | 1, reason: ErrorReport | null) => void,
): void {
  const proved = new Set<string>();
  journal.onChange(({ state, taskId }) => {
    if (state !== 'proved') return;
    proved.add(taskId);
    look();
  });
  let answered = 0;
  events.add(({ state }) => {
    if (state !== 'delivered') return;
    answered += 1;
    look();
  });
  const look = () => {
    if (tasks === null && jobs === null) return;
    if (proved.size >= (tasks ?? 0) && answered >= (jobs ?? 0)) done(0, null);
  };
  changes.add((change) => {
    const { state } = status;
    if (change !== 'miner' || state.kind !== 'blocked') return;
    // What time does not mend, nobody is there to mend.
    if (lasts(state.error.code) && !isOnIt(state.error)) done(1, state.error);
  });
}
