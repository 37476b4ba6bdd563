import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobRow } from '../../../../src-shared/jobs/job-row';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { EmptyState } from '../../components/empty-state';
import { useAppState } from '../../stores/state-store';
import { JobTable } from './job-table';
import { JobTrail } from './job-trail';

const FIRST_ROWS = 10;

/** The newest jobs, as main tells of them, each with its trail. */
export function JobsCard() {
  const { t } = useTranslation();
  const recent = useAppState((state) => state.jobs.recent);
  const [showsAll, setShowsAll] = useState(false);
  const [opened, setOpened] = useState<JobRow | null>(null);
  // What is open stays, also after newer jobs have taken its place in the list.
  const open = recent.find(({ id }) => id === opened?.id) ?? opened;
  const more = recent.length > FIRST_ROWS;
  return (
    <Card
      heading={t('jobs.newest')}
      className="shrink-0"
      aside={
        more && (
          <Button variant="link" data-testid="jobs-show-all" onClick={() => setShowsAll(!showsAll)}>
            {t(showsAll ? 'jobs.showFewer' : 'jobs.showAll')}
          </Button>
        )
      }
    >
      {recent.length === 0 ? (
        <EmptyState title={t('jobs.empty')} hint={t('jobs.emptyHint')} />
      ) : (
        <div className="-mx-2">
          <JobTable jobs={showsAll ? recent : recent.slice(0, FIRST_ROWS)} onOpen={setOpened} />
        </div>
      )}
      {open !== null && <JobTrail job={open} onClose={() => setOpened(null)} />}
    </Card>
  );
}
