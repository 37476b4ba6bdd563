import { useTranslation } from 'react-i18next';
import type { Pause } from '../../../src-shared/mining/pause';
import { pauseEnds } from '../formatting/pause-words';
import { clockTimeToMinute } from '../formatting/time';
import { useClock } from '../stores/clock';
import { useAppState } from '../stores/state-store';
import { useTimeStyle } from './use-time-style';

/** Until when a reason holds, or what ends it. */
export function PauseEnd({ pause }: { readonly pause: Pause }) {
  const { t } = useTranslation();
  const settings = useAppState((state) => state.settings);
  const style = useTimeStyle();
  const { untilMs } = pause;
  const time = useClock((nowMs) => (untilMs === null ? '' : clockTimeToMinute(untilMs, nowMs, style)));
  return time === '' ? pauseEnds(t, pause, settings) : t('miner.until', { time });
}
