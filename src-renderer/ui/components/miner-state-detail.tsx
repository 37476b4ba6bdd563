import { Trans, useTranslation } from 'react-i18next';
import type { MinerState } from '../../../src-shared/mining/miner-state';
import type { Pause } from '../../../src-shared/mining/pause';
import { blockedWords } from '../formatting/blocked-words';
import { pauseWhy } from '../formatting/pause-words';
import { Moment } from './moment';
import { PauseEnd } from './pause-end';

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
    case 'finishing':
      return t('miner.finishingHint');
    case 'paused':
      return isByRule(miner) ? t('miner.pausedHint') : <PausedBecause reasons={miner.reasons} />;
    case 'blocked':
      return t(blockedWords(miner).detail);
  }
}

/** Whether rules hold it: their reasons stand below, as there may be many. */
export function isByRule(miner: MinerState): boolean {
  return (
    miner.kind === 'paused' &&
    miner.reasons.some(({ reason }) => reason !== 'manual' && reason !== 'suspended')
  );
}

function PausedBecause({ reasons }: { readonly reasons: readonly Pause[] }) {
  const { t } = useTranslation();
  return reasons.map((pause, index) => (
    <span key={pause.reason}>
      {index > 0 && ' · '}
      {pauseWhy(t, pause)} <PauseEnd pause={pause} />
    </span>
  ));
}
