import { useEffect, useState } from 'react';
import type { ErrorReport } from '../../../../src-shared/errors';
import type { TaskTrail } from '../../../../src-shared/ipc/task-row';
import { callMain } from '../../stores/call-main';
import { useAppState } from '../../stores/state-store';

/** A task's trail, or why it could not be had; both null until the first answer. */
export type LoadedTrail = { readonly trail: TaskTrail | null; readonly error: ErrorReport | null };

/** The trail of a task, fetched again whenever any task moves on, however old it is. */
export function useTrail(taskId: string): LoadedTrail {
  const [loaded, setLoaded] = useState<LoadedTrail>({ trail: null, error: null });
  const revision = useAppState(({ tasks }) => tasks.journalRevision);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` is what makes it fetch again
  useEffect(() => {
    let wanted = true;
    void callMain(() => window.miner.getTrail(taskId)).then((answer) => {
      if (!wanted) return;
      if (answer.ok) setLoaded({ trail: answer.value, error: null });
      else setLoaded(({ trail }) => ({ trail, error: answer.error }));
    });
    return () => {
      wanted = false;
    };
  }, [taskId, revision]);
  return loaded;
}
