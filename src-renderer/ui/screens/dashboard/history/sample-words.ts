import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { dutyOf, gopsOf, type Sample } from '../../../../../src-shared/history/sample';
import { type Series, SPANS, type SpanName } from '../../../../../src-shared/history/series';
import { useTimeStyle } from '../../../components/use-time-style';
import { formatCelsius, formatGops, formatInteger, formatPercent } from '../../../formatting/number';
import { dayAndMonth, timeOfDay } from '../../../formatting/time';

/** Writes the sample of a step by its place in the span, with its time; the newest one's for null. */
export function useSampleWords(series: Series, span: SpanName): (index: number | null) => string {
  const { t, i18n } = useTranslation();
  const style = useTimeStyle();
  const { stepMs } = SPANS[span];
  const when = (atMs: number) =>
    span === 'hour' ? timeOfDay(atMs, style) : `${dayAndMonth(atMs, style)}, ${timeOfDay(atMs, style)}`;
  return (index) => {
    const newest = series.samples.at(-1);
    const isNow = newest !== undefined && newest.atMs >= series.untilMs - 2 * stepMs;
    if (index === null) {
      const figures = isNow ? sampleFigures(t, newest, i18n.language) : [t('history.notMining')];
      return [t('history.now'), ...figures].join(' · ');
    }
    const atMs = series.fromMs + index * stepMs;
    const sample = series.samples.find((one) => one.atMs === atMs);
    const figures = sample === undefined ? [t('history.notMining')] : sampleFigures(t, sample, i18n.language);
    return [when(atMs), ...figures].join(' · ');
  };
}

/** Speed, load and, where they are known, temperature and power draw, with their units. */
function sampleFigures(t: TFunction, sample: Sample, language: string): string[] {
  const { temperatureC, powerW } = sample;
  return [
    `${formatGops(gopsOf(sample), language)} GOPS`,
    formatPercent(dutyOf(sample), language),
    ...(temperatureC === null ? [] : [formatCelsius(temperatureC, language)]),
    ...(powerW === null ? [] : [t('history.watts', { value: formatInteger(powerW, language) })]),
  ];
}
