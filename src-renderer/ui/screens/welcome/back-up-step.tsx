import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { backupMayWait } from '../../../../src-shared/wallet/backup-may-wait';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ChoiceBar } from '../../components/choice-bar';
import { Copyable } from '../../components/copyable';
import { ErrorMessage } from '../../components/error-message';
import { useAppState } from '../../stores/state-store';
import { useRequest } from '../../stores/use-request';
import { BackUpKey } from '../wallet/back-up-key';
import { CheckBackup } from '../wallet/check-backup';
import { CheckWrittenKey } from '../wallet/check-written-key';
import { RevealKey } from '../wallet/reveal-key';
import { StepHeading } from './step-heading';

/** The second step: a copy of the key, and the check that proves it was kept. It may wait where coins are worth nothing. */
export function BackUpStep() {
  const { t } = useTranslation();
  const { address, keys } = useAppState((state) => state.key);
  const { builtIn, chainId } = useAppState((state) => state.node);
  const [way, setWay] = useState<'file' | 'written'>('file');
  const { busy, error, send } = useRequest();
  const key = keys.find((one) => one.address === address);
  if (key === undefined) return null;
  const mayWait = builtIn || (chainId !== null && backupMayWait(chainId));
  const goOn = () => void send(() => window.miner.updateSettings({ firstRunStep: 'connect' }));
  return (
    <>
      <StepHeading>{t('firstRun.backUpHeading')}</StepHeading>
      <p>{t('firstRun.backUpText')}</p>
      <Copyable text={key.address} what={t('wallet.address')} whole />
      <Card
        heading={t(`firstRun.way.${way}`)}
        aside={
          <ChoiceBar
            legend={t('firstRun.ways')}
            name="backup-way"
            choices={(['file', 'written'] as const).map((value) => ({
              value,
              label: t(`firstRun.wayShort.${value}`),
            }))}
            value={way}
            onChoose={setWay}
          />
        }
      >
        <div className="flex flex-col gap-4 pt-1">
          {way === 'file' ? (
            <>
              <BackUpKey address={key.address} />
              <CheckBackup address={key.address} kept={key.kept} />
            </>
          ) : (
            <>
              <RevealKey address={key.address} />
              <CheckWrittenKey address={key.address} />
            </>
          )}
        </div>
      </Card>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          icon={ArrowRight}
          busy={busy}
          disabled={!key.kept}
          data-testid="first-run-next"
          onClick={goOn}
        >
          {t('firstRun.next')}
        </Button>
        {!key.kept && mayWait && (
          <Button variant="link" disabled={busy} data-testid="backup-later" onClick={goOn}>
            {t('firstRun.later')}
          </Button>
        )}
        <p role="status" className="min-w-0 text-muted">
          {t(key.kept ? 'firstRun.kept' : mayWait ? 'firstRun.mayWait' : 'firstRun.mayNotWait')}
        </p>
      </div>
      {error !== null && <ErrorMessage report={error} />}
    </>
  );
}
