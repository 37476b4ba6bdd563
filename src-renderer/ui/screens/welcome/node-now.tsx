import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '../../components/error-message';
import { Fact, Facts } from '../../components/facts';
import { RemedyButton } from '../../components/remedy-button';
import { formatSkew } from '../../formatting/clock-skew';
import { formatInteger } from '../../formatting/number';
import { useAppState } from '../../stores/state-store';

/** What is known of the node in use: its network, its height, and how far this machine's clock is off. */
export function NodeNow() {
  const { t, i18n } = useTranslation();
  const node = useAppState((state) => state.node);
  const { state, error, networkName, chainId, height, clockSkewMs } = node;
  return (
    <div data-testid="node-now" data-state={state} className="border-t border-line pt-3">
      <Facts columns={2}>
        <Fact name={t('dashboard.node')}>{t(`dashboard.nodeState.${state}`)}</Fact>
        <Fact name={t('settings.testNetwork')}>
          {networkName === null ? t('app.none') : `${networkName} (${chainId})`}
        </Fact>
        <Fact name={t('settings.testHeight')}>
          {height === null ? t('app.none') : formatInteger(height, i18n.language)}
        </Fact>
        <Fact name={t('settings.testSkew')}>
          {clockSkewMs === null ? t('app.none') : formatSkew(clockSkewMs, i18n.language)}
        </Fact>
      </Facts>
      {error !== null && (
        <div className="mt-2 flex flex-col items-start gap-2">
          <ErrorMessage report={error} />
          <RemedyButton report={error} />
        </div>
      )}
    </div>
  );
}
