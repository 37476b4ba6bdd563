import type { TFunction } from 'i18next';
import type { Pause } from '../../../src-shared/mining/pause';
import type { Settings } from '../../../src-shared/settings/settings';

type Values = Pick<Settings, 'pauseIdleMinutes' | 'pauseCoolC'>;

/** What holds the miner back. */
export function pauseWhy(t: TFunction, { reason, by }: Pick<Pause, 'reason' | 'by'>): string {
  if (reason === 'app') return t('pauseReason.app', { app: by ?? t('app.none') });
  return t(`pauseReason.${by === 'film' ? 'film' : reason}`);
}

/** What ends a pause that no time ends; null where nothing is to be said. */
export function pauseEnds(
  t: TFunction,
  { reason, by }: Pick<Pause, 'reason' | 'by'>,
  { pauseIdleMinutes, pauseCoolC }: Values,
): string | null {
  if (by === 'film') return t('pauseEnds.film');
  switch (reason) {
    case 'manual':
      return t('miner.untilResumed');
    case 'active':
      return t('pauseEnds.active', { minutes: pauseIdleMinutes });
    case 'hot':
      return t('pauseEnds.hot', { degrees: pauseCoolC });
    case 'battery':
    case 'fullScreen':
    case 'app':
      return t(`pauseEnds.${reason}`);
    case 'suspended':
    case 'schedule':
      return null;
  }
}
