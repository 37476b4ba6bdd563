import { useTranslation } from 'react-i18next';
import { Amount, LargeAmount } from '../../components/amount';
import { Card } from '../../components/card';
import { Copyable } from '../../components/copyable';
import { Fact, Facts } from '../../components/facts';
import { PaysFor } from '../../components/pays-for';
import { Screen } from '../../components/screen';
import { useAppState } from '../../stores/state-store';
import { BackUpKey } from './back-up-key';
import { UsedElsewhere } from './used-elsewhere';

/** The address, what it holds, and where its key is. */
export function Wallet() {
  const { t } = useTranslation();
  const { address, storedIn } = useAppState((state) => state.key);
  const { units, resultFeeUnits, paysForResults } = useAppState((state) => state.balance);
  const node = useAppState((state) => state.node);
  return (
    <Screen heading={t('nav.wallet')}>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">
        <div className="flex max-w-2xl flex-col gap-3">
          <Card heading={t('wallet.address')}>
            <div data-testid="address" data-address={address ?? ''} className="text-base">
              {address === null ? (
                t('app.none')
              ) : (
                <Copyable text={address} what={t('wallet.address')} whole />
              )}
            </div>
            <p className="mt-1 text-muted">{t('wallet.addressHint')}</p>
          </Card>
          <Card heading={t('wallet.balance')}>
            {units === null ? (
              <p className="text-muted">{t('dashboard.balanceUnknown')}</p>
            ) : (
              <LargeAmount units={units} />
            )}
            <p className="mb-2 text-muted">
              {paysForResults !== null && <PaysFor results={paysForResults} />}
            </p>
            <Facts>
              <Fact name={t('dashboard.fee')}>
                {resultFeeUnits === null ? t('app.none') : <Amount units={resultFeeUnits} />}
              </Fact>
              <Fact name={t('wallet.network')}>{node.networkName ?? t('app.none')}</Fact>
            </Facts>
            <p className="mt-2 text-xs text-muted">{t('dashboard.honesty')}</p>
          </Card>
          <Card heading={t('wallet.stored')}>
            <p data-testid="stored-in">
              {storedIn === null ? t('app.none') : t(`wallet.storedIn.${storedIn}`)}
            </p>
            <p className="mt-1 text-muted">{t('wallet.storedNote')}</p>
            <UsedElsewhere />
          </Card>
          <BackUpKey />
        </div>
      </div>
    </Screen>
  );
}
