import { useTranslation } from 'react-i18next';
import { absoluteTime, machineTime, relativeTime } from '../formatting/time';
import { useClock } from '../stores/clock';
import { useTimeStyle } from './use-time-style';

/** A moment as people say it ("5 min. ago"), with the exact time on hover. `atMs` is Unix time in milliseconds. */
export function Moment({ atMs }: { readonly atMs: number }) {
  const { t } = useTranslation();
  const style = useTimeStyle();
  const text = useClock((nowMs) => relativeTime(atMs, nowMs, style, t('time.now')));
  return (
    <time dateTime={machineTime(atMs)} title={absoluteTime(atMs, style)}>
      {text}
    </time>
  );
}
