import { Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { backupMayWait } from '../../../../src-shared/wallet/backup-may-wait';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { CheckField } from '../../components/check-field';
import { ErrorMessage } from '../../components/error-message';
import { amountText } from '../../formatting/amount';
import { goTo } from '../../stores/navigation-store';
import { useAppState } from '../../stores/state-store';
import { toppedUp } from '../../stores/topped-up';
import { useRequest } from '../../stores/use-request';
import { NodeSettings } from '../settings/node-settings';
import { GraphicsCheck } from './graphics-check';
import { NodeNow } from './node-now';
import { StepHeading } from './step-heading';

/** The third step: which network, whether this machine computes right, and the one button that starts. */
export function ConnectStep() {
  const { t, i18n } = useTranslation();
  const { address, keys } = useAppState((state) => state.key);
  const chainId = useAppState((state) => state.node.chainId);
  const { available, amountUnits } = useAppState((state) => state.faucet);
  const { units, resultFeeUnits } = useAppState((state) => state.balance);
  const [wantsTopUp, setWantsTopUp] = useState(true);
  const [isToppingUp, setIsToppingUp] = useState(false);
  const { busy, error, send } = useRequest();
  const isPoor = units === null || resultFeeUnits === null || BigInt(units) < BigInt(resultFeeUnits);
  const offersTopUp = available && amountUnits !== null && isPoor;
  const isKept = keys.some((key) => key.address === address && key.kept);
  const needsBackup = chainId !== null && !backupMayWait(chainId) && !isKept;

  const start = async () => {
    if (offersTopUp && wantsTopUp) {
      setIsToppingUp(true);
      const arrived = await send(toppedUp);
      setIsToppingUp(false);
      if (!arrived.ok) return;
    }
    const started = await send(() => window.miner.startMining());
    if (!started.ok) return;
    goTo('dashboard');
    await send(() => window.miner.updateSettings({ firstRunStep: 'done' }));
  };
  return (
    <>
      <StepHeading>{t('firstRun.connectHeading')}</StepHeading>
      <Card heading={t('firstRun.network')}>
        <div className="flex flex-col gap-3">
          <NodeSettings />
          <NodeNow />
        </div>
      </Card>
      <Card heading={t('firstRun.graphics')}>
        <GraphicsCheck />
      </Card>
      {offersTopUp && (
        <CheckField
          label={t('firstRun.topUp', { amount: amountText(amountUnits, i18n.language) })}
          help={t('firstRun.topUpHelp')}
          testId="first-run-top-up"
          checked={wantsTopUp}
          onChange={setWantsTopUp}
        />
      )}
      {needsBackup && (
        <div className="flex flex-wrap items-center gap-3" data-testid="first-run-needs-backup">
          <p className="min-w-0 flex-1 text-warning">{t('firstRun.needsBackup')}</p>
          <Button onClick={() => void send(() => window.miner.updateSettings({ firstRunStep: 'back_up' }))}>
            {t('action.back_up_key')}
          </Button>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          icon={Play}
          busy={busy || isToppingUp}
          disabled={needsBackup}
          data-testid="first-run-start"
          onClick={() => void start()}
        >
          {t('miner.start')}
        </Button>
        <p role="status" className="min-w-0 text-muted">
          {isToppingUp && t('firstRun.toppingUp')}
        </p>
      </div>
      {error !== null && <ErrorMessage report={error} />}
    </>
  );
}
