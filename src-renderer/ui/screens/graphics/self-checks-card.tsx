import { useTranslation } from 'react-i18next';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { Fact, Facts } from '../../components/facts';
import { Moment } from '../../components/moment';
import { formatInteger } from '../../formatting/number';
import { useLane } from '../../stores/state-store';
import { WrongResults } from './wrong-results';

/** How the results held when they were checked before being sent. */
export function SelfChecksCard() {
  const { t, i18n } = useTranslation();
  const { selfChecksPassed, selfChecksFailed, selfCheckFailures, lastFailure } = useLane((lane) => lane);
  const integer = (value: number) => formatInteger(value, i18n.language);
  return (
    <Card heading={t('dashboard.selfChecks')}>
      <p className="mb-2 text-xs text-muted">{t('graphics.selfChecksHelp')}</p>
      <Facts>
        <Fact name={t('graphics.passed')}>{integer(selfChecksPassed)}</Fact>
        <Fact name={t('graphics.failed')}>
          <span className={selfChecksFailed > 0 ? 'text-danger' : ''}>{integer(selfChecksFailed)}</span>
        </Fact>
        {selfCheckFailures.length === 0 && (
          <Fact name={t('graphics.wrongResults')}>{t('graphics.wrongResultsNone')}</Fact>
        )}
      </Facts>
      {selfCheckFailures.length > 0 && <WrongResults failures={selfCheckFailures} />}
      {lastFailure !== null && (
        <div data-testid="last-failure" className="mt-3">
          <h3 className="mb-1 flex justify-between gap-3 font-medium">
            {t('graphics.lastFailure')}
            <span className="font-normal text-muted">
              <Moment atMs={lastFailure.atMs} />
            </span>
          </h3>
          <ErrorMessage report={lastFailure.error} over />
        </div>
      )}
    </Card>
  );
}
