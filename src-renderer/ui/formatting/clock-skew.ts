import { formatDuration } from './duration';

// Slower nodes and networks delay a block by less: what is more is worth a word.
const NOTICED_FROM_MS = 5000;

/** Which way this machine's clock is off the chain's by more than 5 s; null where it isn't, or nobody knows. */
export function clockIsOff(skewMs: number | null): 'ahead' | 'behind' | null {
  if (skewMs === null || Math.abs(skewMs) <= NOTICED_FROM_MS) return null;
  return skewMs > 0 ? 'ahead' : 'behind';
}

/** Machine clock minus chain clock, with its sign: `+35 ms`, `−2 min 5 sec`. */
export function formatSkew(skewMs: number, locale: string): string {
  const span = formatDuration(Math.abs(skewMs), locale);
  if (Math.round(skewMs) === 0) return span;
  return `${skewMs < 0 ? '−' : '+'}${span}`;
}
