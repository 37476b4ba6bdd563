import { Trans, useTranslation } from 'react-i18next';
import type { MinerState } from '../../../src-shared/ipc/snapshot';
import { useSnapshot } from '../stores/snapshot-store';
import { MinerControls } from './miner-controls';
import { MinerStateDetail } from './miner-state-detail';
import { MinerStateIcon } from './miner-state-icon';
import { Moment } from './moment';
import { RemedyButton } from './remedy-button';

/**
 * The miner's state on top of every section: what it is, since when, why, and the one remedy. It says "mining"
 * only when main does.
 */
export function StateLine() {
  const { t } = useTranslation();
  const miner = useSnapshot((snapshot) => snapshot.miner);
  return (
    <header
      data-testid="state-line"
      className="flex min-h-16 shrink-0 items-center gap-3 border-b border-line bg-surface px-5 py-2"
    >
      <MinerStateIcon kind={miner.kind} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2 whitespace-nowrap">
          <strong
            data-testid="miner-state"
            data-kind={miner.kind}
            role="status"
            aria-label={t('miner.label')}
            className="text-base font-semibold"
          >
            <StateName miner={miner} />
          </strong>
          <span className="truncate text-muted">
            <Moment atMs={miner.sinceMs} />
            <NextTry miner={miner} />
          </span>
        </p>
        <p className="line-clamp-2 text-muted">
          <MinerStateDetail miner={miner} />
        </p>
      </div>
      <div className="flex shrink-0 items-center gap-2">
        {miner.kind === 'blocked' && <RemedyButton remedy={miner.error.remedy} />}
        <MinerControls kind={miner.kind} />
      </div>
    </header>
  );
}

function StateName({ miner }: { readonly miner: MinerState }) {
  const { t } = useTranslation();
  if (miner.kind !== 'blocked') return t(`miner.${miner.kind}`);
  return t('miner.blocked', { stage: t(`stage.${miner.stage}`) });
}

function NextTry({ miner }: { readonly miner: MinerState }) {
  if (miner.kind !== 'blocked' || miner.retryAtMs === null) return null;
  return (
    <>
      {' · '}
      <Trans i18nKey="miner.nextTry" components={{ time: <Moment atMs={miner.retryAtMs} /> }} />
    </>
  );
}
