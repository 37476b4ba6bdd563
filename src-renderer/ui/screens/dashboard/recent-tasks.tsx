import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { EmptyState } from '../../components/empty-state';
import { SideScroll } from '../../components/side-scroll';
import { TaskTable, TaskTableRow } from '../../components/task-table';
import { goTo } from '../../stores/navigation-store';
import { useAppState } from '../../stores/state-store';

/** The newest tasks, as main tells of them. */
export function RecentTasks() {
  const { t } = useTranslation();
  const tasks = useAppState((state) => state.tasks.recent);
  const idle = useAppState((state) => state.miner.kind === 'idle');
  return (
    <Card
      heading={t('dashboard.recent')}
      className="min-h-44 shrink-0 grow"
      aside={
        <Button variant="link" onClick={() => goTo('tasks')}>
          {t('dashboard.recentAll')}
        </Button>
      }
    >
      {tasks.length === 0 ? (
        <EmptyState
          title={t('dashboard.recentEmpty')}
          hint={t(idle ? 'dashboard.recentEmptyHint' : 'dashboard.recentEmptyRunning')}
        />
      ) : (
        <SideScroll className="-mx-2">
          <TaskTable label={t('dashboard.recent')}>
            {tasks.map((task) => (
              <TaskTableRow key={task.taskId} task={task} />
            ))}
          </TaskTable>
        </SideScroll>
      )}
    </Card>
  );
}
