import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskRow } from '../../../src-shared/ipc/task-row';
import { formatDuration } from '../formatting/duration';
import { formatInteger } from '../formatting/number';
import { openTask } from '../stores/navigation-store';
import { Amount } from './amount';
import { Copyable } from './copyable';
import { Elapsed } from './elapsed';
import { TaskStateChip } from './task-state-chip';

/** Height of a row and of the head, in CSS pixels; the windowed list counts on it. */
export const TASK_ROW_HEIGHT = 32;

const COLUMNS = [
  { key: 'state', width: 'w-[15.8%]', numeric: false },
  { key: 'block', width: 'w-[10%]', numeric: true },
  { key: 'size', width: 'w-[8.5%]', numeric: true },
  { key: 'engine', width: 'w-[12.6%]', numeric: false },
  { key: 'computeTime', width: 'w-[12.4%]', numeric: true },
  { key: 'fee', width: 'w-[13.8%]', numeric: true },
  { key: 'transaction', width: 'w-[18.4%]', numeric: false },
  { key: 'age', width: 'w-[8.5%]', numeric: true },
] as const;

type TaskTableProps = {
  /** What the table lists, for screen readers. */
  readonly label: string;
  /** All rows there are, where `children` is a window of them. */
  readonly rowCount?: number;
  /** `TaskTableRow`s, and spacers. */
  readonly children: ReactNode;
};

/** The table of tasks: its columns, and a head that stays in sight. */
export function TaskTable({ label, rowCount, children }: TaskTableProps) {
  const { t } = useTranslation();
  return (
    <table
      aria-label={label}
      aria-rowcount={rowCount === undefined ? undefined : rowCount + 1}
      className="w-full table-fixed border-collapse max-[959px]:text-xs narrow:min-w-[50rem]"
    >
      <thead className="sticky top-0 z-10 bg-surface">
        <tr aria-rowindex={rowCount === undefined ? undefined : 1} className="h-8">
          {COLUMNS.map(({ key, width, numeric }) => (
            <th
              key={key}
              scope="col"
              className={`${width} truncate border-b border-line px-1.5 max-[959px]:px-1 xl:px-2.5 font-medium text-muted ${numeric ? 'text-right' : 'text-left'}`}
            >
              {t(`tasks.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

type TaskTableRowProps = {
  readonly task: TaskRow;
  /** Its place among all rows, from 0, where not all are there. */
  readonly index?: number;
};

/** One task; opens its trail by a click anywhere, or from the keyboard by the button in its first cell. */
export const TaskTableRow = memo(function TaskTableRow({ task, index }: TaskTableRowProps) {
  const { t, i18n } = useTranslation();
  const { taskId, state, blockHeight, matrixSize, byHand, engine, computeMs, feeUnits, txHash } = task;
  const none = t('app.none');
  const open = () => openTask(taskId);
  return (
    // The button in the first cell does from the keyboard what a click anywhere does.
    <tr
      aria-rowindex={index === undefined ? undefined : index + 2}
      data-testid="task-row"
      data-task-id={taskId}
      data-state={state}
      // Text that was just selected is to be copied, not left.
      onClick={() => window.getSelection()?.type !== 'Range' && open()}
      className="h-8 cursor-pointer border-b border-line hover:bg-raised [&>td]:truncate [&>td]:px-1.5 max-[959px]:[&>td]:px-1 xl:[&>td]:px-2.5"
    >
      <td>
        <button
          type="button"
          aria-label={`${t(`taskState.${state}`)}. ${t('tasks.open', { height: blockHeight })}`}
          onClick={(event) => {
            event.stopPropagation();
            open();
          }}
          className="max-w-full truncate rounded align-middle focus-visible:outline-offset-0 [&>span]:underline [&>span]:underline-offset-2"
        >
          <TaskStateChip state={state} />
        </button>
      </td>
      <td className="text-right">{formatInteger(blockHeight, i18n.language)}</td>
      <td className="text-right">{byHand ? none : formatInteger(matrixSize, i18n.language)}</td>
      <td>{byHand ? t('tasks.byHand') : engine === null ? none : t(`engine.${engine}`)}</td>
      <td className="text-right">{computeMs === null ? none : formatDuration(computeMs, i18n.language)}</td>
      {/* A long one takes two lines: a number is never cut. */}
      <td className="text-right text-clip! whitespace-normal! leading-4 break-words">
        {feeUnits === null ? none : <Amount units={feeUnits} />}
      </td>
      <td>{txHash === null ? none : <Copyable text={txHash} what={t('trail.txHash')} />}</td>
      <td className="text-right">
        <Elapsed sinceMs={task.createdAtMs} />
      </td>
    </tr>
  );
});
