import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../components/card';
import { TableToggle } from '../../../components/charts/table-toggle';
import { EmptyState } from '../../../components/empty-state';
import { ErrorMessage } from '../../../components/error-message';
import { useAppState } from '../../../stores/state-store';
import { usePolled } from '../../../stores/use-polled';
import { ResultBars } from './result-bars';
import { ResultTable } from './result-table';
import { withToday } from './with-today';

const DAYS = 14;
const POLL_MS = 60_000;

const request = () => window.miner.getResults(DAYS);

/** Results of the last two weeks, day by day, as bars or as a table. */
export function ResultsCard() {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const { value, error } = usePolled(request, POLL_MS);
  const today = useAppState(({ tasks }) => tasks.today);
  const { computed, accepted, proved } = today;
  const results = useMemo(
    () => (value === null ? null : withToday(value, { computed, accepted, proved })),
    [value, computed, accepted, proved],
  );
  const isEmpty = results?.days.every((day) => day.computed + day.proved === 0) ?? true;
  return (
    <Card
      heading={t('history.results')}
      aside={
        <TableToggle
          what={t('history.results')}
          asTable={asTable}
          onToggle={() => setAsTable(!asTable)}
          testId="results-as-table"
        />
      }
    >
      <div className="flex min-h-60 flex-1 flex-col">
        {error !== null && <ErrorMessage report={error} />}
        {results !== null && isEmpty && (
          <EmptyState title={t('history.noResults')} hint={t('history.noResultsHint')} />
        )}
        {results !== null &&
          !isEmpty &&
          (asTable ? <ResultTable {...results} /> : <ResultBars {...results} />)}
      </div>
    </Card>
  );
}
