import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../../components/screen';
import { ChecksCard } from './checks-card';
import { LogCard } from './log-card';

const PARTS = ['checks', 'log'] as const;

/** What works and what doesn't, and what the app wrote down. */
export function DoctorScreen() {
  const { t } = useTranslation();
  const [part, setPart] = useState<(typeof PARTS)[number]>('checks');
  return (
    <Screen
      heading={t('nav.doctor')}
      aside={
        <div role="tablist" aria-label={t('nav.doctor')} className="flex gap-1">
          {PARTS.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              aria-selected={part === one}
              data-testid={`doctor-tab-${one}`}
              onClick={() => setPart(one)}
              className="h-8 rounded border border-control-line bg-surface px-3 hover:bg-raised aria-selected:border-accent aria-selected:bg-accent-soft aria-selected:font-medium aria-selected:text-accent"
            >
              {t(`doctor.part.${one}`)}
            </button>
          ))}
        </div>
      }
    >
      <div role="tabpanel" className="flex min-h-0 flex-1 flex-col px-4 pb-4">
        {part === 'checks' ? <ChecksCard /> : <LogCard />}
      </div>
    </Screen>
  );
}
