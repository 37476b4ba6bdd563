import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { onThemeChange } from './theme-colour';

/** Everything about a chart but its size. */
export type PlotOptions = Omit<uPlot.Options, 'width' | 'height'>;

type PlotProps = {
  /** Says what the chart shows, in words. */
  readonly label: string;
  /** Height in CSS pixels; it is as wide as there is room. */
  readonly height: number;
  /** Drawn anew from the beginning where these are others: keep them. */
  readonly options: PlotOptions;
  readonly data: uPlot.AlignedData;
};

/** A drawn chart. It lives outside React: new data goes into the one there is, and it ends with the component. */
export function Plot({ label, height, options, data }: PlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(data);
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made = new uPlot({ ...options, width: element.clientWidth, height }, latest.current, element);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    const stopTheme = onThemeChange(() => made.redraw());
    return () => {
      resized.disconnect();
      stopTheme();
      plot.current = null;
      made.destroy();
    };
  }, [options, height]);
  useEffect(() => {
    latest.current = data;
    plot.current?.setData(data);
  }, [data]);
  return (
    <div ref={host} role="img" aria-label={label} style={{ height }} className="w-full overflow-hidden" />
  );
}
