import { Trans, useTranslation } from 'react-i18next';
import type { MinerState } from '../../../src-shared/mining/miner-state';
import { blockedWords } from '../formatting/blocked-words';
import { clockTimeToMinute } from '../formatting/time';
import { useClock } from '../stores/clock';
import { Moment } from './moment';
import { useTimeStyle } from './use-time-style';

/** The second line of the state line: why the miner is in its state, and what follows. A block is told below it. */
export function MinerStateDetail({ miner }: { readonly miner: MinerState }) {
  const { t } = useTranslation();
  switch (miner.kind) {
    case 'idle':
      return t('miner.idleHint');
    case 'starting':
      return t('miner.startingHint');
    case 'mining':
      return (
        <Trans i18nKey="miner.lastAccepted" components={{ time: <Moment atMs={miner.lastAcceptedAtMs} /> }} />
      );
    case 'paused':
      return miner.reasons.map(({ reason, untilMs }, index) => (
        <span key={reason}>
          {index > 0 && ' · '}
          {t(`pauseReason.${reason}`)} <PausedUntil untilMs={untilMs} manual={reason === 'manual'} />
        </span>
      ));
    case 'blocked':
      return t(blockedWords(miner).detail);
  }
}

function PausedUntil({ untilMs, manual }: { readonly untilMs: number | null; readonly manual: boolean }) {
  const { t } = useTranslation();
  const style = useTimeStyle();
  const until = useClock((nowMs) => (untilMs === null ? '' : clockTimeToMinute(untilMs, nowMs, style)));
  if (until !== '') return t('miner.until', { time: until });
  return manual ? t('miner.untilResumed') : null;
}
