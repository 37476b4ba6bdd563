import { useTranslation } from 'react-i18next';
import type { Response } from '../../../../src-shared/ipc/contract';
import { CheckMark } from '../../components/check-mark';
import { formatSkew } from '../../formatting/clock-skew';
import { formatInteger } from '../../formatting/number';

/** What a node said about itself when it was tested. */
export type NodeAnswer = Response<'node:test'>;

/** Network, height, how far it is behind, and clock difference of a tested node, on one line. */
export function NodeTestAnswer({ answer }: { readonly answer: NodeAnswer }) {
  const { t, i18n } = useTranslation();
  const { network, chainId, height, behind, clockSkewMs } = answer;
  const skew = clockSkewMs === null ? t('settings.testSkewUnknown') : formatSkew(clockSkewMs, i18n.language);
  return (
    <p data-testid="node-answer" className="flex flex-wrap items-center gap-x-5">
      <span className="flex items-center gap-1 font-medium text-accent">
        <CheckMark ok />
        {t('settings.testOk')}
      </span>
      <Pair name={t('settings.testNetwork')} value={`${network} (${chainId})`} />
      <Pair name={t('settings.testHeight')} value={formatInteger(height, i18n.language)} />
      {behind > 0 && (
        <span className="font-medium text-warning" data-testid="node-behind">
          {t('settings.testBehind')}: {formatInteger(behind, i18n.language)}
        </span>
      )}
      <Pair name={t('settings.testSkew')} value={skew} />
    </p>
  );
}

function Pair({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <span>
      <span className="text-muted">{name}:</span> {value}
    </span>
  );
}
