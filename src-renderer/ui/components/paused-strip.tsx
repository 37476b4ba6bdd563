import { useTranslation } from 'react-i18next';
import type { MinerState } from '../../../src-shared/mining/miner-state';
import { pauseWhy } from '../formatting/pause-words';
import { PauseEnd } from './pause-end';

/** Each reason that holds the miner back, with its end. */
export function PausedStrip({ reasons }: Pick<Extract<MinerState, { kind: 'paused' }>, 'reasons'>) {
  const { t } = useTranslation();
  return (
    <ul
      data-testid="pause-reasons"
      aria-label={t('miner.pauseReasons')}
      className="flex flex-wrap gap-x-6 gap-y-1 bg-warning-soft px-5 py-2"
    >
      {reasons.map((pause) => (
        <li key={pause.reason} data-reason={pause.reason} className="break-words">
          <span className="font-medium">{pauseWhy(t, pause)}</span>{' '}
          <span className="text-muted">
            <PauseEnd pause={pause} />
          </span>
        </li>
      ))}
    </ul>
  );
}
