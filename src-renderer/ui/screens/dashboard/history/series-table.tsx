import { useTranslation } from 'react-i18next';
import { dutyOf, gopsOf, type Sample } from '../../../../../src-shared/history/sample';
import type { Series, SpanName } from '../../../../../src-shared/history/series';
import { FiguresTable } from '../../../components/charts/figures-table';
import { useTimeStyle } from '../../../components/use-time-style';
import { formatGops, formatInteger, formatPercent } from '../../../formatting/number';
import { dayAndMonth, timeOfDay } from '../../../formatting/time';
import { seriesRows } from './series-lines';

/** The charts' figures in fewer steps. Temperature and power draw are there where the machine tells them. */
export function SeriesTable({ series, span }: { readonly series: Series; readonly span: SpanName }) {
  const { t, i18n } = useTranslation();
  const style = useTimeStyle();
  const { language } = i18n;
  const has = (name: 'temperatureC' | 'powerW') => series.samples.some((sample) => sample[name] !== null);
  const none = t('app.none');
  const optional = (value: number | null) => (value === null ? none : formatInteger(value, language));
  const columns: { heading: string; cell: (sample: Sample) => string }[] = [
    { heading: t('history.speed'), cell: (sample) => formatGops(gopsOf(sample), language) },
    { heading: t('history.load'), cell: (sample) => formatPercent(dutyOf(sample), language) },
    ...(has('temperatureC')
      ? [{ heading: t('history.temperature'), cell: ({ temperatureC }: Sample) => optional(temperatureC) }]
      : []),
    ...(has('powerW')
      ? [{ heading: t('history.power'), cell: ({ powerW }: Sample) => optional(powerW) }]
      : []),
  ];
  const notMining = [t('history.notMining'), ...columns.slice(1).map(() => none)];
  return (
    <FiguresTable
      testId="history-table"
      caption={t(`history.caption.${span}`)}
      columns={[
        t(span === 'month' ? 'history.day' : 'history.from'),
        ...columns.map(({ heading }) => heading),
      ]}
      rows={seriesRows(series, span).map(({ atMs, sample }) => ({
        key: String(atMs),
        isGap: sample === null,
        cells: [
          span === 'month' ? dayAndMonth(atMs, style) : timeOfDay(atMs, style),
          ...(sample === null ? notMining : columns.map(({ cell }) => cell(sample))),
        ],
      }))}
    />
  );
}
