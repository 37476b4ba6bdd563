import { useTranslation } from 'react-i18next';
import { Amount, LargeAmount } from '../../components/amount';
import { Card } from '../../components/card';
import { Fact, Facts } from '../../components/facts';
import { PaysFor } from '../../components/pays-for';
import { useAppState } from '../../stores/state-store';
import { FaucetButton } from './faucet-button';

/** The balance, what it pays for, and the plain statement that nothing is earned yet. */
export function BalanceCard() {
  const { t } = useTranslation();
  const { units, resultFeeUnits, paysForResults } = useAppState((state) => state.balance);
  return (
    <Card heading={t('dashboard.balance')}>
      <div data-testid="balance" data-units={units ?? ''}>
        {units === null ? (
          <p className="truncate text-2xl font-semibold text-muted">{t('app.none')}</p>
        ) : (
          <LargeAmount units={units} />
        )}
      </div>
      <p className="mb-2 text-muted">
        {paysForResults === null ? t('dashboard.balanceUnknown') : <PaysFor results={paysForResults} />}
      </p>
      <Facts>
        <Fact name={t('dashboard.fee')}>
          {resultFeeUnits === null ? t('app.none') : <Amount units={resultFeeUnits} />}
        </Fact>
      </Facts>
      <p className="my-2 text-xs text-muted" data-testid="honesty">
        {t('dashboard.honesty')}
      </p>
      <FaucetButton />
    </Card>
  );
}
