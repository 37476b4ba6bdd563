import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SPAN_NAMES, type SpanName } from '../../../../../src-shared/history/series';
import { Card } from '../../../components/card';
import { TableToggle } from '../../../components/charts/table-toggle';
import { ChoiceBar } from '../../../components/choice-bar';
import { ErrorMessage } from '../../../components/error-message';
import { useAppState } from '../../../stores/state-store';
import { usePolled } from '../../../stores/use-polled';
import { SeriesCharts } from './series-charts';
import { SeriesEmpty } from './series-empty';
import { SeriesTable } from './series-table';

// A step of the chart is asked for a few times.
const POLL_MS: Readonly<Record<SpanName, number>> = { hour: 10_000, day: 60_000, month: 600_000 };

/** Speed and load over the last hour, day or month, as charts or as a table. */
export function HistoryCard({ className }: { readonly className: string }) {
  const { t } = useTranslation();
  const [span, setSpan] = useState<SpanName>('hour');
  const [asTable, setAsTable] = useState(false);
  return (
    <Card
      className={className}
      heading={t('history.speedAndLoad')}
      aside={
        <div className="flex shrink-0 items-center gap-2">
          <ChoiceBar
            legend={t('history.span')}
            name="span"
            choices={SPAN_NAMES.map((value) => ({ value, label: t(`history.spans.${value}`) }))}
            value={span}
            onChoose={setSpan}
          />
          <TableToggle
            what={t('history.speedAndLoad')}
            asTable={asTable}
            onToggle={() => setAsTable(!asTable)}
            testId="history-as-table"
          />
        </div>
      }
    >
      <History key={span} span={span} asTable={asTable} />
    </Card>
  );
}

function History({ span, asTable }: { readonly span: SpanName; readonly asTable: boolean }) {
  const request = useCallback(() => window.miner.getSeries(span), [span]);
  const kind = useAppState(({ miner }) => miner.kind);
  const { value: series, error } = usePolled(request, POLL_MS[span], kind);
  return (
    <div data-testid="history" data-samples={series?.samples.length ?? ''} className="flex min-h-60 flex-col">
      {error !== null && <ErrorMessage report={error} />}
      {series !== null && series.samples.length === 0 && <SeriesEmpty span={span} />}
      {series !== null && series.samples.length > 0 && !asTable && (
        <SeriesCharts series={series} span={span} />
      )}
      {series !== null && series.samples.length > 0 && asTable && <SeriesTable series={series} span={span} />}
    </div>
  );
}
