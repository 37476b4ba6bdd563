// Slower nodes and networks delay a block by less: what is more is worth a word.
const NOTICED_FROM_MS = 5000;

/** Which way this machine's clock is off the chain's by more than 5 s; null where it isn't, or nobody knows. */
export function clockIsOff(skewMs: number | null): 'ahead' | 'behind' | null {
  if (skewMs === null || Math.abs(skewMs) <= NOTICED_FROM_MS) return null;
  return skewMs > 0 ? 'ahead' : 'behind';
}
