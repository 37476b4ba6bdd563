import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../formatting/number';
import { useAppState } from '../../stores/state-store';

/** How much of the task in a lane's hand is done; keeps its place while there is none. */
export function TaskProgress({ lane }: { readonly lane: string }) {
  const { t, i18n } = useTranslation();
  const share = useAppState(({ progress }) => progress.lanes.find((one) => one.lane === lane)?.done ?? null);
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
