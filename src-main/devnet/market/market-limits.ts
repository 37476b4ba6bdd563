/** What bounds the market; each is in the sight of whoever it holds back. */
export const MARKET_LIMITS = {
  /** Largest body of a task, and largest frame either way: what is parsed at once. */
  frameBytes: 16 << 20,
  /** A worker that was not told to take more takes frames of so many bytes (poc-protocol.md, "Limits"). */
  usualFrameBytes: 1 << 20,
  /** A frame of the largest size in pieces of 4 KiB. */
  fragments: 4096,
  workers: 256,
  connections: 1024,
  /** Jobs that a worker has at once. */
  inHand: 4,
  /** Tasks that are not over, and their payloads. */
  openTasks: 10_000,
  openBytes: 256 << 20,
  /** Answers to one task that wait for their audit; more than one come only after a time-out. */
  answers: 4,
  /** Refusals, each for a reason of its own, after which nobody is asked any more. */
  refusals: 3,
} as const;
