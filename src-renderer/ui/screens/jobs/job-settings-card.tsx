import { useTranslation } from 'react-i18next';
import { Card } from '../../components/card';
import { CheckField } from '../../components/check-field';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';
import { JobLimitField } from './job-limit-field';
import { JobPriorityField } from './job-priority-field';

/** How jobs are done: when, within which limits, and who hears of the results. */
export function JobSettingsCard() {
  const { t } = useTranslation();
  const submits = useAppState((state) => state.settings.jobSubmit);
  const introduces = useAppState((state) => state.settings.jobIntroduce);
  return (
    <Card heading={t('jobs.settings')} className="shrink-0">
      <div className="grid grid-cols-2 narrow:grid-cols-1 gap-x-8 gap-y-3">
        <div className="flex min-w-0 flex-col gap-3">
          <JobPriorityField />
          <CheckField
            label={t('jobs.submit')}
            help={t('jobs.submitHelp')}
            testId="job-submit"
            checked={submits}
            onChange={(jobSubmit) => fireCommand(() => window.miner.updateSettings({ jobSubmit }))}
          />
          <CheckField
            label={t('jobs.introduce')}
            help={t('jobs.introduceHelp')}
            testId="job-introduce"
            checked={introduces}
            onChange={(jobIntroduce) => fireCommand(() => window.miner.updateSettings({ jobIntroduce }))}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <JobLimitField name="jobQueueLimit" />
          <JobLimitField name="jobTimeLimitSeconds" />
          <JobLimitField name="jobFrameLimitMiB" />
        </div>
      </div>
    </Card>
  );
}
