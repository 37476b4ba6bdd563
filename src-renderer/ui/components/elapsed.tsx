import { useTranslation } from 'react-i18next';
import { coarseDuration } from '../formatting/duration';
import { absoluteTime } from '../formatting/time';
import { useClock } from '../stores/clock';

/** How long ago a moment was, as a bare span ("5 min"), with the exact time on hover. Unix time in milliseconds. */
export function Elapsed({ sinceMs }: { readonly sinceMs: number }) {
  const { i18n } = useTranslation();
  const text = useClock((nowMs) => coarseDuration(nowMs - sinceMs, i18n.language));
  return (
    <time dateTime={new Date(sinceMs).toISOString()} title={absoluteTime(sinceMs, i18n.language)}>
      {text}
    </time>
  );
}
