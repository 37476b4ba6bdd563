import { CircleDashed, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { clockIsOff } from '../../../../src-shared/chain/clock-skew';
import { Card } from '../../components/card';
import { Copyable } from '../../components/copyable';
import { Fact, Facts } from '../../components/facts';
import { formatSkew } from '../../formatting/clock-skew';
import { formatDuration } from '../../formatting/duration';
import { formatInteger } from '../../formatting/number';
import { useAppState } from '../../stores/state-store';
import { NextBlock } from './next-block';

/** The tip of the chain as this machine sees it, and when the next block is due. */
export function BlockCard() {
  const { t, i18n } = useTranslation();
  const node = useAppState((state) => state.node);
  const { height, tipHash, tipVerified, networkName, builtIn, state, url, clockSkewMs, slowMs } = node;
  return (
    <Card heading={t('dashboard.block')}>
      {height === null ? (
        <>
          <p data-testid="block-height" className="truncate text-2xl font-semibold">
            {t('app.none')}
          </p>
          <p className="mb-2 text-muted">{t('dashboard.noBlockHint')}</p>
        </>
      ) : (
        <>
          <p data-testid="block-height" data-height={height} className="truncate text-2xl font-semibold">
            {formatInteger(height, i18n.language)}
          </p>
          <VerifiedMark verified={tipVerified} />
        </>
      )}
      <Facts>
        <Fact name={t('dashboard.nextBlock')}>
          <NextBlock atMs={node.nextBlockAtMs} />
        </Fact>
        {/* The built-in network goes by the same clock as the app. */}
        {!builtIn && (
          <Fact name={t('dashboard.clock')}>
            <span
              data-testid="clock-skew"
              title={t('dashboard.clockHelp')}
              className={clockIsOff(clockSkewMs) === null ? '' : 'text-warning'}
            >
              {clockSkewMs === null ? t('app.none') : formatSkew(clockSkewMs, i18n.language)}
            </span>
          </Fact>
        )}
        <Fact name={t('dashboard.hash')}>
          {tipHash === null ? t('app.none') : <Copyable text={tipHash} what={t('dashboard.blockHash')} />}
        </Fact>
        <Fact name={t('dashboard.network')}>
          <span title={builtIn ? t('dashboard.builtIn') : (url ?? '')}>{networkName ?? t('app.none')}</span>
        </Fact>
        <Fact name={t('dashboard.node')}>
          {state === 'online' && slowMs !== null ? (
            <span data-testid="node-slow" className="text-warning">
              {t('dashboard.nodeSlow', { time: formatDuration(slowMs, i18n.language) })}
            </span>
          ) : (
            <span className={state === 'offline' ? 'text-danger' : ''}>
              {t(`dashboard.nodeState.${state}`)}
            </span>
          )}
        </Fact>
      </Facts>
    </Card>
  );
}

function VerifiedMark({ verified }: { readonly verified: boolean }) {
  const { t } = useTranslation();
  const Icon = verified ? ShieldCheck : CircleDashed;
  return (
    <p
      data-testid="tip-verified"
      data-ok={verified}
      className={`mb-2 flex items-center gap-1.5 ${verified ? 'text-accent' : 'text-muted'}`}
    >
      <Icon size={15} aria-hidden className="shrink-0" />
      <span>{t(verified ? 'dashboard.verified' : 'dashboard.notVerified')}</span>
    </p>
  );
}
