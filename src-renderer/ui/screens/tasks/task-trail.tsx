import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskTrail as Trail } from '../../../../src-shared/ipc/task-row';
import type { TaskState } from '../../../../src-shared/ipc/task-state';
import { CheckList } from '../../components/check-list';
import { Drawer } from '../../components/drawer';
import { ErrorMessage } from '../../components/error-message';
import { MerklePath } from '../../components/merkle-path';
import { TaskStateChip } from '../../components/task-state-chip';
import { closeTask } from '../../stores/navigation-store';
import { FILTER_STATES } from './task-filter';
import { TrailFacts } from './trail-facts';
import { TrailHistory } from './trail-history';
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
  const { task, history, timings, checks, inclusion } = trail;
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
      <Part heading={t('trail.history')}>
        <TrailHistory history={history} />
      </Part>
      {timings !== null && (
        <Part heading={t('trail.timings')}>
          <TrailTimings timings={timings} />
        </Part>
      )}
      <Part heading={t('trail.checks')}>
        {checks.length === 0 ? (
          <p className="text-muted">{t('trail.checksEmpty')}</p>
        ) : (
          <CheckList checks={checks} testId="trail-check" />
        )}
      </Part>
      <Part heading={t('trail.path')}>
        {inclusion === null ? (
          <p className="text-muted">{t('trail.pathEmpty')}</p>
        ) : (
          <MerklePath inclusion={inclusion} />
        )}
      </Part>
    </>
  );
}

function isFinal(state: TaskState): boolean {
  return state === 'proved' || (FILTER_STATES.failed?.includes(state) ?? false);
}

function Part({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <section className="border-t border-line pt-4">
      <h3 className="mb-2 font-semibold text-muted">{heading}</h3>
      {children}
    </section>
  );
}
