import { lasts } from '../../src-shared/error-codes';
import type { ErrorReport } from '../../src-shared/errors';
import type { MinerCore } from '../mining/miner-core';

/**
 * Watches a miner without a window: `done` with exit code 0 once so many tasks are proved, with 1 and the reason when
 * it can't go on by itself.
 * @param tasks null: go on until told to stop
 */
export function watchHeadless(
  core: MinerCore,
  tasks: number | null,
  done: (code: 0 | 1, reason: ErrorReport | null) => void,
): void {
  const proved = new Set<string>();
  core.journal.onChange(({ state, taskId }) => {
    if (state !== 'proved') return;
    proved.add(taskId);
    if (tasks !== null && proved.size >= tasks) done(0, null);
  });
  core.onChange(() => {
    const { state } = core;
    // What time does not mend, nobody is there to mend.
    if (state.kind === 'blocked' && lasts(state.error.code)) done(1, state.error);
  });
}
