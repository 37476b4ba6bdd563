import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import type { Results } from '../../../../../src-shared/history/day-results';
import { figuresAxis, placesAxis } from '../../../components/charts/axes';
import { Plot, type PlotOptions } from '../../../components/charts/plot';
import { themeColour } from '../../../components/charts/theme-colour';
import { useTimeStyle } from '../../../components/use-time-style';
import { formatInteger } from '../../../formatting/number';
import { dayAndMonth, noonOf } from '../../../formatting/time';

const HEIGHT = 196;
const HEADROOM = 1.1;
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
const WIDTH: [number, number] = [0.7, 28];

/** A bar a day: what was computed, and over it what of that was proved. */
export function ResultBars({ days }: Results) {
  const { t, i18n } = useTranslation();
  const style = useTimeStyle();
  const { language } = i18n;
  const { hours, dayFirst } = style;
  const integer = (value: number) => formatInteger(value, language);
  const words = (index: number | null) => {
    const results = days.at(index ?? -1);
    if (results === undefined) return '';
    const when = index === null ? t('history.today') : dayAndMonth(noonOf(results.day), style);
    const [proved, computed] = [integer(results.proved), integer(results.computed)];
    return t('history.dayIs', { when, proved, computed });
  };
  const readout = useRef<HTMLParagraphElement>(null);
  const latest = useRef(words);
  latest.current = words;
  const onPoint = useCallback((index: number | null) => {
    if (readout.current !== null) readout.current.textContent = latest.current(index);
  }, []);
  const names = days.map(({ day }) => day).join();
  const options = useMemo(() => {
    const noons = names.split(',').map(noonOf);
    return barOptions({
      day: (index) => dayAndMonth(noons[index] ?? 0, { hours, dayFirst, language }),
      figure: (value) => formatInteger(value, language),
      onPoint,
    });
  }, [names, hours, dayFirst, language, onPoint]);
  const data = useMemo(
    (): uPlot.AlignedData => [
      days.map((_, index) => index),
      days.map(({ computed }) => computed),
      days.map(({ proved }) => proved),
    ],
    [days],
  );
  const total = days.reduce((sum, { proved }) => sum + proved, 0);
  return (
    <>
      <p ref={readout} aria-hidden className="flex min-h-8 items-end pb-1 text-xs leading-4 text-muted">
        {words(null)}
      </p>
      <Plot
        label={t('history.resultsSay', {
          days: days.length,
          total: integer(total),
          today: integer(days.at(-1)?.proved ?? 0),
        })}
        height={HEIGHT}
        options={options}
        data={data}
      />
      <p aria-hidden className="flex flex-wrap gap-x-4 pt-1 text-xs text-muted">
        <Key look="bg-accent border-accent" name={t('history.count.proved')} />
        <Key look="bg-raised border-control-line" name={t('history.count.computed')} />
      </p>
    </>
  );
}

function Key({ look, name }: { readonly look: string; readonly name: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span className={`size-2.5 border ${look}`} />
      {name}
    </span>
  );
}

type BarParts = {
  readonly day: (index: number) => string;
  readonly figure: (value: number) => string;
  readonly onPoint: (index: number | null) => void;
};

function barOptions({ day, figure, onPoint }: BarParts): PlotOptions {
  const bars = uPlot.paths.bars?.({ size: WIDTH });
  const bar = (fill: string, stroke: string): uPlot.Series => ({
    ...(bars === undefined ? {} : { paths: bars }),
    fill: () => themeColour(fill),
    stroke: () => themeColour(stroke),
    width: 1,
    points: { show: false },
  });
  return {
    padding: [6, 4, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: false, range: (_plot, low, high) => [low - 0.5, high + 0.5] },
      y: { range: (_plot, _low, high) => [0, Math.max(1, high * HEADROOM)] },
    },
    axes: [placesAxis(day, { incrs: [1, 2, 3, 4, 7], space: 48 }), figuresAxis(figure, { incrs: WHOLE })],
    series: [{}, bar('raised', 'control-line'), bar('accent', 'accent')],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  };
}
