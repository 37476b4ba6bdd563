/** The time in Unix milliseconds; injected so that tests decide what time it is. */
export type Clock = () => number;

/** Whole Unix seconds, as the node counts. */
export function seconds(now: Clock): number {
  return Math.floor(now() / 1000);
}
