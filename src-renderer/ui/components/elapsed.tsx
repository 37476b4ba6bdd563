import { useTranslation } from 'react-i18next';
import { formatAge } from '../formatting/duration';
import { absoluteTime, machineTime } from '../formatting/time';
import { useClock } from '../stores/clock';
import { useTimeStyle } from './use-time-style';

/** How long ago a moment was, as a bare span ("5 min"), with the exact time on hover. Unix time in milliseconds. */
export function Elapsed({ sinceMs }: { readonly sinceMs: number }) {
  const { i18n } = useTranslation();
  const style = useTimeStyle();
  const text = useClock((nowMs) => formatAge(nowMs - sinceMs, i18n.language));
  return (
    <time dateTime={machineTime(sinceMs)} title={absoluteTime(sinceMs, style)}>
      {text}
    </time>
  );
}
