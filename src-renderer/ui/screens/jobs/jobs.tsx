import { useTranslation } from 'react-i18next';
import { Screen } from '../../components/screen';
import { useAppState } from '../../stores/state-store';
import { ActivityCard } from './activity-card';
import { JobSettingsCard } from './job-settings-card';
import { JobsCard } from './jobs-card';
import { MarketCard } from './market-card';
import { ValidatorCard } from './validator-card';

/** The validator whose jobs are done, what became of them, and how they are done. */
export function Jobs() {
  const { t } = useTranslation();
  const marketAvailable = useAppState((state) => state.jobs.marketAvailable);
  return (
    <Screen heading={t('nav.jobs')} aside={<p className="text-muted">{t('settings.applied')}</p>}>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto narrow:overflow-visible px-4 pb-4">
        <div className="grid shrink-0 grid-cols-2 narrow:grid-cols-1 gap-3">
          <ValidatorCard />
          <div className="flex min-w-0 flex-col gap-3 [&>:first-child]:flex-1">
            <ActivityCard />
            {marketAvailable && <MarketCard />}
          </div>
        </div>
        <JobsCard />
        <JobSettingsCard />
      </div>
    </Screen>
  );
}
