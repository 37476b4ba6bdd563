import { useTranslation } from 'react-i18next';
import { useTimeStyle } from '../../components/use-time-style';
import { formatCountdown } from '../../formatting/duration';
import { absoluteTime } from '../../formatting/time';
import { useClock } from '../../stores/clock';

const LATE_AFTER_MS = 2000;

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
  return <span title={atMs === null ? undefined : absoluteTime(atMs, style)}>{text}</span>;
}
