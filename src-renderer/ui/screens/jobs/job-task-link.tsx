import { ListChecks } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { openTask } from '../../stores/navigation-store';
import { TrailPart } from '../tasks/trail-part';
import { useTrail } from '../tasks/use-trail';

type JobTaskLinkProps = { readonly taskId: string; readonly onOpen: () => void };

/** Leads to the trail of a job's result on the chain, where the journal has one. */
export function JobTaskLink({ taskId, onOpen }: JobTaskLinkProps) {
  const { t } = useTranslation();
  const { trail } = useTrail(taskId);
  return (
    <TrailPart heading={t('jobs.onChain')}>
      {trail === null ? (
        <p className="text-muted">{t('jobs.onChainNone')}</p>
      ) : (
        <Button
          icon={ListChecks}
          data-testid="job-task"
          onClick={() => {
            onOpen();
            openTask(taskId);
          }}
        >
          {t('jobs.openTask', { state: t(`taskState.${trail.task.state}`) })}
        </Button>
      )}
    </TrailPart>
  );
}
