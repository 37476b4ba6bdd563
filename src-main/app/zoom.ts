/** Larger, smaller, or as it was at first. */
export type Zoom = 'in' | 'out' | 'reset';

// As browsers have them, within what the window has room for.
const STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];
// What a page is zoomed to is given back with a rounding error.
const SAME = 0.01;

/** The zoom factor after the given one. */
export function nextZoom(factor: number, zoom: Zoom): number {
  if (zoom === 'reset') return 1;
  const next =
    zoom === 'in'
      ? STEPS.find((step) => step > factor + SAME)
      : STEPS.findLast((step) => step < factor - SAME);
  return next ?? factor;
}
