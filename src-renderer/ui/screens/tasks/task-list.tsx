import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { ErrorMessage } from '../../components/error-message';
import { TASK_ROW_HEIGHT, TaskTable, TaskTableRow } from '../../components/task-table';
import { useAnnouncement } from '../../components/use-announcement';
import { formatInteger, pluralCount } from '../../formatting/number';
import { ExportTasks } from './export-tasks';
import { rowRange, windowOffset } from './row-range';
import type { TaskFilter } from './task-filter';
import { useTaskWindow } from './use-task-window';

type TaskListProps = {
  readonly filter: TaskFilter;
  readonly search: string;
  readonly onClear: () => void;
};

/** The list of tasks, as long as it may be: only the rows in sight are rendered, and fetched as they come. */
export function TaskList({ filter, search, onClear }: TaskListProps) {
  const { t, i18n } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 0 });
  const { first } = rowRange(view.top, view.height, TASK_ROW_HEIGHT, Number.MAX_SAFE_INTEGER);
  const { total, offset, rows, error } = useTaskWindow(filter, search, windowOffset(first));
  const totalText =
    total === null
      ? t('tasks.loading')
      : t('tasks.total', {
          count: pluralCount(BigInt(total)),
          total: formatInteger(total, i18n.language),
        });
  // What was found is told once; that there is one more is not.
  useAnnouncement('tasks', total === null ? '' : 'found', totalText);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setView((v) => ({ ...v, height: element.clientHeight })));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const range = rowRange(view.top, view.height, TASK_ROW_HEIGHT, total ?? 0);
  return (
    <div className="flex min-h-0 flex-1 flex-col px-4 pb-4">
      {error !== null && <ErrorMessage report={error} />}
      <div
        ref={scroller}
        onScroll={(event) => {
          // By whole rows: a pixel more or less changes nothing that is rendered.
          const top = Math.floor(event.currentTarget.scrollTop / TASK_ROW_HEIGHT) * TASK_ROW_HEIGHT;
          setView((v) => (v.top === top ? v : { ...v, top }));
        }}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto rounded-md narrow:h-72 narrow:flex-none narrow:overflow-x-auto border border-line bg-surface px-2"
      >
        {total === 0 ? (
          <NothingFound filtered={filter !== 'all' || search !== ''} onClear={onClear} />
        ) : (
          <TaskTable label={t('nav.tasks')} rowCount={total ?? -1}>
            <Spacer rows={range.first} />
            {indexes(range.first, range.end).map((index) => {
              const task = rows[index - offset];
              return task === undefined ? (
                <Spacer key={`row ${index}`} rows={1} />
              ) : (
                <TaskTableRow key={task.taskId} task={task} index={index} />
              );
            })}
            <Spacer rows={(total ?? 0) - range.end} />
          </TaskTable>
        )}
      </div>
      <div className="flex items-center justify-between gap-3 pt-2 text-xs narrow:flex-wrap">
        <p data-testid="task-total" className="shrink-0 text-muted">
          {totalText}
        </p>
        <ExportTasks filter={filter} search={search} disabled={(total ?? 0) === 0} />
      </div>
    </div>
  );
}

function indexes(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, step) => first + step);
}

function Spacer({ rows }: { readonly rows: number }) {
  return rows <= 0 ? null : (
    <tr aria-hidden style={{ height: rows * TASK_ROW_HEIGHT }}>
      <td colSpan={8} />
    </tr>
  );
}

function NothingFound({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  const { t } = useTranslation();
  if (!filtered) return <EmptyState title={t('tasks.empty')} hint={t('tasks.emptyHint')} />;
  return (
    <EmptyState title={t('tasks.noMatch')} hint={t('tasks.noMatchHint')}>
      <Button className="mt-2" onClick={onClear}>
        {t('tasks.clear')}
      </Button>
    </EmptyState>
  );
}
