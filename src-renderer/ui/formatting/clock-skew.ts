import { formatDuration } from './duration';

/** Machine clock minus chain clock, with its sign: `+35 ms`, `−2 min 5 sec`. */
export function formatSkew(skewMs: number, locale: string): string {
  const span = formatDuration(Math.abs(skewMs), locale);
  if (Math.round(skewMs) === 0) return span;
  return `${skewMs < 0 ? '−' : '+'}${span}`;
}
