import { useTranslation } from 'react-i18next';
import type { TaskTrail } from '../../../../src-shared/ipc/task-row';
import { TaskStateChip } from '../../components/task-state-chip';
import { useTimeStyle } from '../../components/use-time-style';
import { formatDuration } from '../../formatting/duration';
import { absoluteTime, clockTime, machineTime } from '../../formatting/time';
import { useClock } from '../../stores/clock';

type History = TaskTrail['history'];

/** The states a task went through: when it entered each, and how long it stayed. */
export function TrailHistory({ history }: { readonly history: History }) {
  const style = useTimeStyle();
  return (
    <ol className="flex flex-col gap-1">
      {history.map(({ state, atMs }, index) => (
        // A task may come back to a state, such as sent, at another time.
        <li key={`${state} ${atMs}`} className="grid grid-cols-[1fr_auto_7rem] items-center gap-4">
          <TaskStateChip state={state} />
          <time dateTime={machineTime(atMs)} title={absoluteTime(atMs, style)} className="text-muted">
            <ClockTime atMs={atMs} />
          </time>
          <span className="text-right">
            <TimeSpent history={history} index={index} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function ClockTime({ atMs }: { readonly atMs: number }) {
  const style = useTimeStyle();
  return useClock((nowMs) => clockTime(atMs, nowMs, style));
}

function TimeSpent({ history, index }: { readonly history: History; readonly index: number }) {
  const { i18n } = useTranslation();
  const entered = history[index];
  const left = history[index + 1];
  // The last state is where the task is now; it has no end to measure to.
  if (entered === undefined || left === undefined) return null;
  return formatDuration(left.atMs - entered.atMs, i18n.language);
}
