import { useTranslation } from 'react-i18next';
import type { AccountReport } from '../../../../src-shared/wallet/activity';
import { Amount, LargeAmount } from '../../components/amount';
import { Card } from '../../components/card';
import { Fact, Facts } from '../../components/facts';
import { PaysFor } from '../../components/pays-for';
import { formatInteger } from '../../formatting/number';
import { useAppState } from '../../stores/state-store';

/** What the address holds, and what verified blocks say that it received, sent and paid. */
export function BalanceCard({ report }: { readonly report: AccountReport | null }) {
  const { t, i18n } = useTranslation();
  const { units, resultFeeUnits, paysForResults } = useAppState((state) => state.balance);
  const networkName = useAppState((state) => state.node.networkName);
  const totals = report?.totals ?? null;
  const none = t('app.none');
  return (
    <Card heading={t('wallet.balance')}>
      {units === null ? (
        <p className="text-muted">{t('dashboard.balanceUnknown')}</p>
      ) : (
        <LargeAmount units={units} />
      )}
      <p className="mb-2 text-muted">{paysForResults !== null && <PaysFor results={paysForResults} />}</p>
      <Facts>
        <Fact name={t('wallet.received')}>
          {totals === null ? none : <Amount units={totals.receivedUnits} />}
        </Fact>
        <Fact name={t('wallet.sent')}>{totals === null ? none : <Amount units={totals.sentUnits} />}</Fact>
        <Fact name={t('wallet.fees')}>{totals === null ? none : <Amount units={totals.feeUnits} />}</Fact>
        <Fact name={t('wallet.resultFee')}>
          {resultFeeUnits === null ? none : <Amount units={resultFeeUnits} />}
        </Fact>
        <Fact name={t('wallet.network')}>{networkName ?? none}</Fact>
      </Facts>
      <p className="mt-2 text-xs text-muted">
        {totals !== null && t('wallet.since', { height: formatInteger(totals.sinceHeight, i18n.language) })}{' '}
        {t('dashboard.honesty')}
      </p>
    </Card>
  );
}
