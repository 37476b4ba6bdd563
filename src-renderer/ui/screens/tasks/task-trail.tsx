import { useTranslation } from 'react-i18next';
import type { TaskTrail as Trail } from '../../../../src-shared/ipc/task-row';
import type { TaskState } from '../../../../src-shared/ipc/task-state';
import { Drawer } from '../../components/drawer';
import { ErrorMessage } from '../../components/error-message';
import { TaskStateChip } from '../../components/task-state-chip';
import { closeTask } from '../../stores/navigation-store';
import { FILTER_STATES } from './task-filter';
import { TrailEvidence } from './trail-evidence';
import { TrailFacts } from './trail-facts';
import { TrailHistory } from './trail-history';
import { TrailPart } from './trail-part';
import { TrailTimings } from './trail-timings';
import { useTrail } from './use-trail';

/** Everything known about one task: its way through the states, and the checks behind "proved". */
export function TaskTrail({ taskId }: { readonly taskId: string }) {
  const { t, i18n } = useTranslation();
  const { trail, error } = useTrail(taskId);
  const heading =
    trail === null
      ? t('tasks.loading')
      : t('trail.heading', { height: trail.task.blockHeight.toLocaleString(i18n.language) });
  return (
    <Drawer heading={heading} onClose={closeTask} testId="trail">
      {error !== null && <ErrorMessage report={error} />}
      {trail !== null && <TrailBody trail={trail} />}
    </Drawer>
  );
}

function TrailBody({ trail }: { readonly trail: Trail }) {
  const { t } = useTranslation();
  const { task, history, timings } = trail;
  const { reason } = task;
  return (
    <>
      <div className="flex flex-col gap-2">
        <p className="text-base font-medium">
          <TaskStateChip state={task.state} />
        </p>
        {reason !== null && <ErrorMessage report={reason} over={isFinal(task.state)} />}
      </div>
      <TrailFacts task={task} />
      <TrailPart heading={t('trail.history')}>
        <TrailHistory history={history} />
      </TrailPart>
      {timings !== null && (
        <TrailPart heading={t('trail.timings')}>
          <TrailTimings timings={timings} />
        </TrailPart>
      )}
      <TrailEvidence trail={trail} />
    </>
  );
}

function isFinal(state: TaskState): boolean {
  return state === 'proved' || (FILTER_STATES.failed?.includes(state) ?? false);
}
