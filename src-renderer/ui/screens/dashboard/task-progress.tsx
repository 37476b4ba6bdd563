import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../formatting/number';

/** How much of the task in hand is done, 0…1; keeps its place while there is none (null). */
export function TaskProgress({ share }: { readonly share: number | null }) {
  const { t, i18n } = useTranslation();
  const done = share ?? 0;
  return (
    <div
      role="progressbar"
      aria-label={t('dashboard.progress')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(done * 100)}
      aria-valuetext={share === null ? t('app.none') : formatPercent(done, i18n.language)}
      className="mt-auto pt-3"
    >
      <div className="h-1 overflow-hidden rounded bg-raised">
        <div className="h-full bg-accent" style={{ width: `${done * 100}%` }} />
      </div>
    </div>
  );
}
