import type uPlot from 'uplot';
import { themeColour } from './theme-colour';

const FONT_PX = 11;

/** Room for the figures beside a chart, CSS pixels. */
export const FIGURES_WIDTH = 48;

const grid = { stroke: () => themeColour('line'), width: 1 };

function looks(): Pick<uPlot.Axis, 'stroke' | 'font' | 'ticks'> {
  return {
    stroke: () => themeColour('muted'),
    font: `${FONT_PX}px ${getComputedStyle(document.body).fontFamily}`,
    ticks: { show: false },
  };
}

/** The axis of figures on the left. @param text writes a figure */
export function figuresAxis(text: (value: number) => string, more: Partial<uPlot.Axis> = {}): uPlot.Axis {
  return {
    ...looks(),
    grid,
    size: FIGURES_WIDTH,
    gap: 6,
    space: 26,
    values: (_plot, values) => values.map(text),
    ...more,
  };
}

/** The axis below. @param text writes a place on it */
export function placesAxis(text: (value: number) => string, more: Partial<uPlot.Axis> = {}): uPlot.Axis {
  return {
    ...looks(),
    grid: { show: false },
    size: 22,
    gap: 6,
    space: 64,
    values: (_plot, values) => values.map(text),
    ...more,
  };
}

/** The places of values that have a gap on both sides: no line leads to them. */
export function lonePoints(values: ArrayLike<number | null | undefined>): number[] {
  const isThere = (index: number) => values[index] !== null && values[index] !== undefined;
  return Array.from({ length: values.length }, (_, index) => index).filter(
    (index) => isThere(index) && !isThere(index - 1) && !isThere(index + 1),
  );
}
