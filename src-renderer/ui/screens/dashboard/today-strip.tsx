import { useTranslation } from 'react-i18next';
import { formatInteger } from '../../formatting/number';
import { useAppState } from '../../stores/state-store';

const COUNTS = ['computed', 'accepted', 'proved'] as const;

/** Results since local midnight, in the order they pass: computed, accepted, proved. */
export function TodayStrip() {
  const { t, i18n } = useTranslation();
  const today = useAppState((state) => state.tasks.today);
  return (
    <section
      aria-label={t('dashboard.today')}
      className="flex h-11 shrink-0 items-center gap-8 narrow:h-auto narrow:flex-wrap narrow:gap-x-5 narrow:gap-y-1 narrow:py-2 rounded-md border border-line bg-surface px-4"
    >
      <h2 className="font-semibold text-muted">{t('dashboard.today')}</h2>
      {COUNTS.map((name) => (
        <p key={name} className="flex items-baseline gap-1.5 whitespace-nowrap">
          <span data-testid={`today-${name}`} className="text-lg font-semibold">
            {formatInteger(today[name], i18n.language)}
          </span>
          <span className="text-muted">{t(`dashboard.${name}`)}</span>
        </p>
      ))}
    </section>
  );
}
