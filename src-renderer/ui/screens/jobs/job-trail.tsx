import { useTranslation } from 'react-i18next';
import { BUILT_IN_VALIDATOR } from '../../../../src-shared/jobs/built-in-validator';
import type { JobRow } from '../../../../src-shared/jobs/job-row';
import { Copyable } from '../../components/copyable';
import { Drawer } from '../../components/drawer';
import { Fact, Facts } from '../../components/facts';
import { JobStateChip } from '../../components/job-state-chip';
import { shapeText } from '../../formatting/shape-text';
import { TrailPart } from '../tasks/trail-part';
import { JobHistory } from './job-history';
import { JobTaskLink } from './job-task-link';

type JobTrailProps = { readonly job: JobRow; readonly onClose: () => void };

/** Everything known about one job: what it asked for, its way to the validator, and its task on the chain. */
export function JobTrail({ job, onClose }: JobTrailProps) {
  const { t, i18n } = useTranslation();
  const { jobId, taskId, validator, challenge, shape, engine, resultHash, state, error } = job;
  return (
    <Drawer heading={t('jobs.trail')} onClose={onClose} testId="job-trail">
      <div className="flex flex-col gap-2">
        <p className="text-base font-medium">
          <JobStateChip state={state} />
        </p>
        {error !== null && (
          <p data-testid="job-why" className="text-warning">
            {t('jobs.refusedBecause', { why: t(`jobErrorWhy.${error}`) })}
          </p>
        )}
      </div>
      <Facts>
        <Fact name={t('jobs.jobId')}>
          <Copyable text={jobId} what={t('jobs.jobId')} />
        </Fact>
        <Fact name={t('trail.taskId')}>
          <Copyable text={taskId} what={t('trail.taskId')} />
        </Fact>
        <Fact name={t('jobs.validator')} long>
          <span className="[overflow-wrap:anywhere] select-text">
            {validator === BUILT_IN_VALIDATOR ? t('jobs.choice.builtIn') : validator}
          </span>
        </Fact>
        <Fact name={t('jobs.column.kind')}>{t(`jobs.kind.${challenge}`)}</Fact>
        <Fact name={t('jobs.column.size')}>{shapeText(shape, i18n.language)}</Fact>
        {engine !== null && <Fact name={t('trail.engine')}>{t(`engine.${engine}`)}</Fact>}
        {resultHash !== null && (
          <Fact name={t('trail.resultHash')}>
            <Copyable text={resultHash} what={t('trail.resultHash')} />
          </Fact>
        )}
      </Facts>
      <TrailPart heading={t('trail.history')}>
        <JobHistory job={job} />
      </TrailPart>
      <JobTaskLink taskId={taskId} onOpen={onClose} />
    </Drawer>
  );
}
