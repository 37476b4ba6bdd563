/**
 * The only source of time, so that a test can be one. Wall time is for slots, for what is stored and for what is shown:
 * it may be set at any moment. Waiting, and how long ago something was, go by the monotonic one.
 */
export type Clock = {
  /** Wall time, ms since the epoch. */
  readonly now: () => number;
  /** Ms since some moment before; never goes back, whatever is done to the wall clock. */
  readonly monotonic: () => number;
  /** Calls `act` once, so many ms from now; returns what calls it off. */
  readonly after: (ms: number, act: () => void) => () => void;
};

// The longest wait a timer of Node takes; a longer one would fire at once.
const LONGEST_MS = 2 ** 31 - 1;

/** This machine's clock. */
export const systemClock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  after: (ms, act) => {
    const wait = (leftMs: number): void => {
      const stepMs = Math.min(Math.max(0, leftMs), LONGEST_MS);
      timer = setTimeout(() => (leftMs > stepMs ? wait(leftMs - stepMs) : act()), stepMs);
    };
    let timer: NodeJS.Timeout | undefined;
    wait(ms);
    return () => clearTimeout(timer);
  },
};

// Two readings of the clocks are never taken at the very same moment.
const FLICKER_MS = 500;

/**
 * The wall time at which a monotonic moment comes, to be shown.
 * @param shown what was shown for it before: it stays while it is right, so that the figure does not flicker
 */
export function wallTimeOf(
  clock: Pick<Clock, 'now' | 'monotonic'>,
  monotonicMs: number,
  shown: number | null = null,
): number {
  const at = Math.round(clock.now() + monotonicMs - clock.monotonic());
  return shown !== null && Math.abs(at - shown) < FLICKER_MS ? shown : at;
}
