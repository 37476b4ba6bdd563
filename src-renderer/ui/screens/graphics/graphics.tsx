import { useTranslation } from 'react-i18next';
import { Screen } from '../../components/screen';
import { useLane } from '../../stores/state-store';
import { AdapterCard } from './adapter-card';
import { KernelsCard } from './kernels-card';
import { PowerCard } from './power-card';
import { QuarantineStrip } from './quarantine-strip';
import { SelfChecksCard } from './self-checks-card';

/** The adapter and what is known of it, the kernels, the self-checks, and how hard everything may work. */
export function Graphics() {
  const { t } = useTranslation();
  const quarantinedSinceMs = useLane((lane) => lane.quarantinedSinceMs);
  return (
    <Screen heading={t('nav.graphics')} aside={<p className="text-muted">{t('settings.applied')}</p>}>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto narrow:overflow-visible px-4 pb-4">
        {quarantinedSinceMs !== null && <QuarantineStrip sinceMs={quarantinedSinceMs} />}
        <div className="grid shrink-0 grid-cols-2 narrow:grid-cols-1 items-start gap-3">
          <div className="flex min-w-0 flex-col gap-3">
            <AdapterCard />
            <KernelsCard />
          </div>
          <div className="flex min-w-0 flex-col gap-3">
            <PowerCard />
            <SelfChecksCard />
          </div>
        </div>
      </div>
    </Screen>
  );
}
