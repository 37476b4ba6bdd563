import type { TaskTrail } from '../../../../src-shared/ipc/task-row';
import { FILTER_STATES } from './task-filter';

/**
 * What there is to show behind a task's end: its checks and path are `here`, still `to_come`, were made but are
 * `not_kept` (the journal lets go of older ones), or were `never` made, since it ended before they could be.
 */
export type EvidenceState = 'here' | 'to_come' | 'not_kept' | 'never';

/** How it stands with the evidence of a trail. */
export function evidenceState({ task, checks }: Pick<TaskTrail, 'task' | 'checks'>): EvidenceState {
  const { state, confirmedHeight } = task;
  if (checks.length > 0) return 'here';
  // Nothing is proved, or rejected for what its block holds, without checks.
  if (state === 'proved' || (state === 'rejected' && confirmedHeight !== null)) return 'not_kept';
  return FILTER_STATES.failed?.includes(state) === true ? 'never' : 'to_come';
}
