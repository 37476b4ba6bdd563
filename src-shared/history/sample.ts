import { z } from 'zod';

const ms = z.number().min(0).max(Number.MAX_SAFE_INTEGER);

/**
 * What the miner did within a step of time while it ran: sums, so that several make one. There is none of a step in
 * which it did not run, because it was off, paused or closed.
 */
export const sampleSchema = z.object({
  /** When the step begins, ms since the epoch. */
  atMs: z.number().int(),
  /** So long of the step the miner ran. */
  ranMs: ms,
  /** So long its lanes computed, on average, rests left out. */
  busyMs: ms,
  /** So long they multiplied, all together; only what says how fast they are. */
  productMs: ms,
  /** Integer operations of that, two a multiply-add. */
  operations: z.number().min(0),
  /** The average; null where the machine does not tell. */
  temperatureC: z.number().nullable(),
  powerW: z.number().nullable(),
});
export type Sample = z.infer<typeof sampleSchema>;

/** A step in which nothing was done yet. */
export function emptySample(atMs: number): Sample {
  return { atMs, ranMs: 0, busyMs: 0, productMs: 0, operations: 0, temperatureC: null, powerW: null };
}

/** Two samples as one, from the first's beginning. */
export function joined(one: Sample, other: Sample): Sample {
  const average = (name: 'temperatureC' | 'powerW') =>
    weighted([one[name], one.ranMs], [other[name], other.ranMs]);
  return {
    atMs: one.atMs,
    ranMs: one.ranMs + other.ranMs,
    busyMs: one.busyMs + other.busyMs,
    productMs: one.productMs + other.productMs,
    operations: one.operations + other.operations,
    temperatureC: average('temperatureC'),
    powerW: average('powerW'),
  };
}

/** Samples in wider steps, oldest first; a step without any has none. */
export function gathered(samples: readonly Sample[], stepMs: number): Sample[] {
  return gatheredBy(samples, (atMs) => Math.floor(atMs / stepMs) * stepMs);
}

/** The same in steps of any kind. @param beginningOf of the step that a time is in */
export function gatheredBy(samples: readonly Sample[], beginningOf: (atMs: number) => number): Sample[] {
  const steps = new Map<number, Sample>();
  for (const sample of samples) {
    const atMs = beginningOf(sample.atMs);
    steps.set(atMs, joined(steps.get(atMs) ?? emptySample(atMs), sample));
  }
  return [...steps.values()].toSorted((a, b) => a.atMs - b.atMs);
}

/** GOPS, 10⁹ integer operations a second, as long as it multiplied; 0 where it ran and had nothing to multiply. */
export function gopsOf({ operations, productMs }: Sample): number {
  return productMs > 0 ? operations / (productMs * 1e6) : 0;
}

/** Share of the time that it computed, 0…1. */
export function dutyOf({ busyMs, ranMs }: Sample): number {
  return ranMs > 0 ? Math.min(1, busyMs / ranMs) : 0;
}

function weighted(
  [one, oneMs]: [number | null, number],
  [other, otherMs]: [number | null, number],
): number | null {
  if (one === null) return other;
  if (other === null) return one;
  const wholeMs = oneMs + otherMs;
  // By shares: the product of a value and the shortest of times has no digits left.
  return wholeMs === 0 ? other : one * (oneMs / wholeMs) + other * (otherMs / wholeMs);
}
