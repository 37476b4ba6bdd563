import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Series, SpanName } from '../../../../../src-shared/history/series';
import { Plot } from '../../../components/charts/plot';
import { useTimeStyle } from '../../../components/use-time-style';
import { formatGops, formatPercent } from '../../../formatting/number';
import { lineOptions } from './line-options';
import { useSampleWords } from './sample-words';
import { extremes, seriesLines } from './series-lines';

const SPEED_HEIGHT = 108;
const LOAD_HEIGHT = 76;

type SeriesChartsProps = { readonly series: Series; readonly span: SpanName };

/** Speed above, load below, over the same time; what the pointer is at stands over them. */
export function SeriesCharts({ series, span }: SeriesChartsProps) {
  const { t, i18n } = useTranslation();
  const style = useTimeStyle();
  const { language } = i18n;
  const { hours, dayFirst } = style;
  const lines = useMemo(() => seriesLines(series, span), [series, span]);
  const words = useSampleWords(series, span);
  const readout = useRef<HTMLParagraphElement>(null);
  const latest = useRef(words);
  latest.current = words;
  // Written past React: the pointer moves often.
  const onPoint = useCallback((index: number | null) => {
    if (readout.current !== null) readout.current.textContent = latest.current(index);
  }, []);
  const speedOptions = useMemo(
    () =>
      lineOptions({
        span,
        style: { hours, dayFirst, language },
        figure: (gops) => formatGops(gops, language),
        hasTimes: false,
        onPoint,
      }),
    [span, hours, dayFirst, language, onPoint],
  );
  const loadOptions = useMemo(
    () =>
      lineOptions({
        span,
        style: { hours, dayFirst, language },
        figure: (share) => formatPercent(share, language),
        most: 1,
        hasTimes: true,
        onPoint,
      }),
    [span, hours, dayFirst, language, onPoint],
  );
  const speedData = useMemo((): [number[], (number | null)[]] => [lines.times, lines.gops], [lines]);
  const loadData = useMemo((): [number[], (number | null)[]] => [lines.times, lines.duty], [lines]);
  const says = (values: readonly (number | null)[], text: (value: number) => string, unit: string) => {
    const { low, high, now } = extremes(values);
    const nowText =
      now === null ? t('history.notMiningNow') : t('history.nowIs', { value: text(now) + unit });
    return { low: text(low) + unit, high: text(high) + unit, now: nowText };
  };
  return (
    <>
      <div className="flex min-h-8 items-end justify-between gap-3 pb-1 text-xs leading-4">
        <h3 className="font-medium whitespace-nowrap">{t('history.speed')}</h3>
        <p ref={readout} aria-hidden data-testid="history-readout" className="text-right text-muted">
          {words(null)}
        </p>
      </div>
      <Plot
        label={t(
          `history.speedSays.${span}`,
          says(lines.gops, (value) => formatGops(value, language), ' GOPS'),
        )}
        height={SPEED_HEIGHT}
        options={speedOptions}
        data={speedData}
      />
      <h3 title={t('history.loadHelp')} className="pt-2 pb-1 text-xs font-medium">
        {t('history.load')}
      </h3>
      <Plot
        label={t(
          `history.loadSays.${span}`,
          says(lines.duty, (value) => formatPercent(value, language), ''),
        )}
        height={LOAD_HEIGHT}
        options={loadOptions}
        data={loadData}
      />
    </>
  );
}
