/** Where time comes from. Wall time is for slots and for showing; how long something takes, or is ago, is monotonic. */
export type Clock = {
  /** Wall time, ms since the epoch; may jump either way. */
  now(): number;
  /** Ms since some moment; never goes back. */
  monotonic(): number;
  /** Calls back once after so many ms; returns the function that cancels it. */
  after(ms: number, act: () => void): () => void;
};

// What a timer takes at most.
const LONGEST_MS = 2 ** 31 - 1;

/** This machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, Math.min(Math.max(ms, 0), LONGEST_MS));
    return () => clearTimeout(timer);
  },
};
