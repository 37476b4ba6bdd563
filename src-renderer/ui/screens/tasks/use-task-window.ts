import { startTransition, useEffect, useState } from 'react';
import type { ErrorReport } from '../../../../src-shared/errors';
import type { TaskRow } from '../../../../src-shared/ipc/task-row';
import { callMain } from '../../stores/call-main';
import { useAppState } from '../../stores/state-store';
import { FILTER_STATES, type TaskFilter } from './task-filter';

/** Rows asked for at once; four times the step, so that a step either way, and a tall screen, find them there. */
export const WINDOW_ROWS = 200;

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
      // In slices: a window full of rows takes longer than a frame.
      startTransition(() => {
        if (answer.ok) {
          const { total, tasks } = answer.value;
          setHeld(({ rows }) => ({ total, offset, rows: asHeld(rows, tasks), error: null }));
        } else setHeld((before) => ({ ...before, error: answer.error }));
      });
    });
    return () => {
      wanted = false;
    };
  }, [filter, search, offset, revision]);
  return held;
}

/** The newest rows, those that did not change as they are, so that they do not render again. */
function asHeld(before: readonly TaskRow[], rows: readonly TaskRow[]): TaskRow[] {
  const held = new Map(before.map((row) => [row.taskId, row]));
  return rows.map((row) => {
    const same = held.get(row.taskId);
    return same !== undefined && JSON.stringify(same) === JSON.stringify(row) ? same : row;
  });
}
