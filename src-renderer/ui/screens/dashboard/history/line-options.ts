import type { SpanName } from '../../../../../src-shared/history/series';
import type { TimeStyle } from '../../../../../src-shared/regional-time';
import { figuresAxis, lonePoints, placesAxis } from '../../../components/charts/axes';
import type { PlotOptions } from '../../../components/charts/plot';
import { themeColour } from '../../../components/charts/theme-colour';
import { dayAndMonth, timeOfDay } from '../../../formatting/time';

type LineParts = {
  readonly span: SpanName;
  readonly style: TimeStyle;
  /** Writes a figure of the axis. */
  readonly figure: (value: number) => string;
  /** The axis' end; by the data where it is left out. */
  readonly most?: number;
  /** Whether the times stand below it. */
  readonly hasTimes: boolean;
  /** Told which value the pointer is at; null for none. */
  readonly onPoint: (index: number | null) => void;
};

const POINT_PX = 4;
// Half a label of the axis below stands beyond the last value.
const RIGHT_PX = 26;
// Above the highest value.
const HEADROOM = 1.1;
const PERCENTS = [0.5, 1];

/** One line over time, from 0 on. The charts of a card share the pointer. */
export function lineOptions({ span, style, figure, most, hasTimes, onPoint }: LineParts): PlotOptions {
  const time = (atMs: number) => (span === 'month' ? dayAndMonth(atMs, style) : timeOfDay(atMs, style));
  const accent = () => themeColour('accent');
  return {
    ms: 1,
    padding: [6, RIGHT_PX, hasTimes ? 0 : 4, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      sync: { key: 'speed-and-load' },
      points: { size: 7, fill: accent, stroke: accent },
    },
    scales: {
      x: { time: true },
      y: { range: (_plot, _low, high) => [0, most ?? (high > 0 ? high * HEADROOM : 1)] },
    },
    axes: [
      placesAxis(time, { show: hasTimes }),
      figuresAxis(figure, most === undefined ? {} : { incrs: PERCENTS }),
    ],
    series: [
      {},
      {
        stroke: accent,
        width: 1.5,
        fill: () => themeColour('accent-soft'),
        points: {
          show: false,
          size: POINT_PX,
          fill: accent,
          filter: (plot, series) => lonePoints(plot.data[series] ?? []),
        },
      },
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  };
}
