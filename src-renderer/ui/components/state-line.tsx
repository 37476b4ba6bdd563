import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { MinerState } from '../../../src-shared/mining/miner-state';
import { blockedWords } from '../formatting/blocked-words';
import { errorText } from '../formatting/error-text';
import { pauseWhy } from '../formatting/pause-words';
import { useAppState } from '../stores/state-store';
import { BlockedStrip } from './blocked-strip';
import { Elapsed } from './elapsed';
import { KeptFocus } from './kept-focus';
import { MinerControls } from './miner-controls';
import { isByRule, MinerStateDetail } from './miner-state-detail';
import { MinerStateIcon } from './miner-state-icon';
import { OverriddenStrip } from './overridden-strip';
import { PausedStrip } from './paused-strip';
import { useAnnouncement } from './use-announcement';

/**
 * The miner's state on top of every section: what it is, since when, why, and the one remedy. It says "mining"
 * only when main does.
 */
export function StateLine() {
  const { t, i18n } = useTranslation();
  const miner = useAppState((state) => state.miner);
  useAnnouncement('miner', meaningOf(miner), stateWords(t, miner, i18n.language));
  return (
    <header data-testid="state-line" className="shrink-0 border-b border-line bg-surface">
      <div className="flex h-16 items-center gap-3 px-5 narrow:h-auto narrow:flex-wrap narrow:px-3 narrow:py-2">
        <MinerStateIcon kind={miner.kind} />
        <div className="min-w-0 flex-1 narrow:min-w-48">
          <p className="flex items-baseline gap-2 whitespace-nowrap narrow:flex-wrap narrow:whitespace-normal">
            <strong data-testid="miner-state" data-kind={miner.kind} className="text-base font-semibold">
              {stateName(t, miner)}
            </strong>
            <span className="text-muted">
              <Elapsed sinceMs={miner.sinceMs} />
            </span>
          </p>
          <p className="truncate text-muted narrow:whitespace-normal">
            <MinerStateDetail miner={miner} />
          </p>
        </div>
        <KeptFocus className="flex shrink-0 flex-wrap items-center gap-2 narrow:shrink">
          <MinerControls miner={miner} />
        </KeptFocus>
      </div>
      {miner.kind === 'blocked' && <BlockedStrip miner={miner} />}
      {miner.kind === 'paused' && isByRule(miner) && <PausedStrip reasons={miner.reasons} />}
      <OverriddenStrip />
    </header>
  );
}

function stateName(t: TFunction, miner: MinerState): string {
  if (miner.kind !== 'blocked') return t(`miner.${miner.kind}`);
  return t('miner.blocked', { stage: t(blockedWords(miner).stage) });
}

/** The state, and why where that is told; neither figures nor how long. */
function meaningOf(miner: MinerState): string {
  if (miner.kind === 'blocked') return `${miner.kind} ${miner.stage} ${miner.error.code}`;
  if (miner.kind === 'paused') return `${miner.kind} ${miner.reasons.map(({ reason }) => reason).join(' ')}`;
  return miner.kind;
}

function stateWords(t: TFunction, miner: MinerState, language: string): string {
  const name = stateName(t, miner);
  if (miner.kind === 'blocked') return `${name}. ${errorText(t, miner.error, language)}`;
  if (miner.kind === 'paused')
    return `${name}: ${miner.reasons.map((pause) => pauseWhy(t, pause)).join(', ')}`;
  return name;
}
