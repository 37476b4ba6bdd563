import { useEffect, useState } from 'react';
import type { ErrorReport } from '../../../../src-shared/errors';
import type { TaskRow } from '../../../../src-shared/ipc/task-row';
import { callMain } from '../../stores/call-main';
import { useAppState } from '../../stores/state-store';
import { FILTER_STATES, type TaskFilter } from './task-filter';

/** Rows asked for at once; three times the step, so that scrolling a step either way finds them there. */
export const WINDOW_ROWS = 300;

/** The part of the list that is held: rows `offset` and on, of `total`. */
export type TaskWindow = {
  /** Null until the first answer. */
  readonly total: number | null;
  readonly offset: number;
  readonly rows: readonly TaskRow[];
  readonly error: ErrorReport | null;
};

const EMPTY: TaskWindow = { total: null, offset: 0, rows: [], error: null };

/**
 * Holds `WINDOW_ROWS` rows from `offset`, fetched again whenever a task changes. What is held stays on screen
 * until its successor arrives.
 */
export function useTaskWindow(filter: TaskFilter, search: string, offset: number): TaskWindow {
  const [held, setHeld] = useState<TaskWindow>(EMPTY);
  const revision = useAppState(({ tasks }) => tasks.journalRevision);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` is what makes it fetch again
  useEffect(() => {
    let wanted = true;
    const query = { states: FILTER_STATES[filter], search, offset, limit: WINDOW_ROWS };
    void callMain(() => window.miner.listTasks(query)).then((answer) => {
      if (!wanted) return;
      if (answer.ok) setHeld({ total: answer.value.total, offset, rows: answer.value.tasks, error: null });
      else setHeld((before) => ({ ...before, error: answer.error }));
    });
    return () => {
      wanted = false;
    };
  }, [filter, search, offset, revision]);
  return held;
}
