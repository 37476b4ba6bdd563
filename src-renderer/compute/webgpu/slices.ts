import type { ProductOptions } from '../engine';
import type { Pacer } from '../pacer';

// A slice grows or shrinks by this much at a time: one odd measurement does not make the next one huge.
const MOST_GROWTH = 4;

/** A piece of work cut into dispatches. */
export type SlicedWork = {
  /** How many units there are. */
  readonly total: number;
  /** Most units of one slice. */
  readonly most: number;
  /** No slice crosses a multiple of this; `total` where it does not matter. */
  readonly boundary: number;
  /** Encodes and submits units `first` to `first + count − 1`; settled once they are done. */
  readonly submit: (first: number, count: number) => Promise<void>;
};

/** What was learnt of how long a unit takes on this adapter; kept from one run to the next. */
export class SliceTuning {
  #unitMs: number | null = null;

  /** How many units should take `sliceMs`. */
  count(sliceMs: number): number {
    return this.#unitMs === null ? 1 : Math.max(1, Math.floor(sliceMs / this.#unitMs));
  }

  /** Takes in how long a slice took. */
  learn(count: number, tookMs: number): void {
    const measured = Math.max(tookMs, 0.05) / count;
    const before = this.#unitMs ?? measured;
    this.#unitMs = Math.min(before * MOST_GROWTH, Math.max(before / MOST_GROWTH, measured));
  }
}

/**
 * Runs work in slices that take about as long as the pace allows, at most two in flight: while one comes back the next
 * computes. Nothing is in flight any more once this is settled.
 * @throws the signal's reason, within a slice of it firing; what `submit` throws
 */
export async function runSlices(
  { total, most, boundary, submit }: SlicedWork,
  tuning: SliceTuning,
  pacer: Pacer,
  { signal, onProgress }: ProductOptions,
): Promise<void> {
  const inFlight: { readonly count: number; readonly done: Promise<number> }[] = [];
  let next = 0;
  let finished = 0;
  let busySince = performance.now();
  try {
    while (finished < total) {
      signal.throwIfAborted();
      while (next < total && inFlight.length < pacer.inFlight) {
        const toBoundary = boundary - (next % boundary);
        const count = Math.min(tuning.count(pacer.pace.sliceMs), most, toBoundary, total - next);
        // When it was done, not when this loop hears of it.
        const done = submit(next, count).then(() => performance.now());
        // Whoever waits for it comes later; until then it must not count as unhandled.
        done.catch(() => undefined);
        inFlight.push({ count, done });
        next += count;
      }
      const slice = inFlight.shift();
      if (slice === undefined) break;
      const doneAt = await slice.done;
      const tookMs = doneAt - busySince;
      tuning.learn(slice.count, tookMs);
      busySince = doneAt;
      finished += slice.count;
      onProgress(finished / total);
      await pacer.after(tookMs, signal);
      if (inFlight.length === 0) busySince = performance.now();
    }
    signal.throwIfAborted();
  } finally {
    await Promise.allSettled(inFlight.map(({ done }) => done));
  }
}
