import { useTranslation } from 'react-i18next';
import { useTimeStyle } from '../../components/use-time-style';
import { formatCountdown } from '../../formatting/duration';
import { absoluteTime } from '../../formatting/time';
import { useClock } from '../../stores/clock';

const LATE_AFTER_MS = 2000;
const MINUTE_MS = 60_000;
// Of a size that its text has no part in: what changes each second has nothing else laid out anew.
const COUNTING = 'inline-block h-[1lh] w-19 whitespace-nowrap align-bottom [contain:strict]';

/** Counts down to the next slot, once a second; `atMs` is Unix time in milliseconds by this machine's clock. */
export function NextBlock({ atMs }: { readonly atMs: number | null }) {
  const { t, i18n } = useTranslation();
  const style = useTimeStyle();
  const text = useClock((nowMs) => {
    if (atMs === null) return t('app.none');
    const leftMs = atMs - nowMs;
    if (leftMs > 0) return t('dashboard.nextBlockIn', { time: formatCountdown(leftMs, i18n.language) });
    if (leftMs > -LATE_AFTER_MS) return t('dashboard.nextBlockDue');
    return t('dashboard.nextBlockLate', { time: formatCountdown(-leftMs, i18n.language) });
  });
  const counts = useClock((nowMs) => atMs !== null && atMs > nowMs && atMs - nowMs < MINUTE_MS);
  return (
    <span
      title={atMs === null ? undefined : absoluteTime(atMs, style)}
      {...(counts ? { className: COUNTING } : {})}
    >
      {text}
    </span>
  );
}
