import { emptySample, joined, type Sample } from '../../src-shared/history/sample';

/** What the machine's sensors tell; null where they don't. */
export type SensorReading = { readonly temperatureC: number | null; readonly powerW: number | null };

// What is settled goes by whole slots: short ones, so that it is soon.
const LONGEST_SLOT_MS = 10_000;

/** A stretch of running time within one minute of the wall clock. `fromMs` and `untilMs` are monotonic. */
type Slot = { readonly fromMs: number; untilMs: number; sample: Sample };

/** Work that was done between two monotonic times. */
export type SpreadWork = Pick<Sample, 'busyMs' | 'productMs' | 'operations'> & {
  readonly fromMs: number;
  readonly untilMs: number;
};

/**
 * The last minutes in which the miner ran, until they are kept. Which time was run and when work was done go by the
 * monotonic clock; the wall clock, which may be set meanwhile, only names the minute.
 */
export class Slots {
  #slots: Slot[] = [];

  /** The miner ran from one monotonic time to another, which belongs to a minute. */
  ran(minuteMs: number, fromMs: number, untilMs: number, sensors: SensorReading): void {
    let slot = this.#slots.at(-1);
    const goesOn = slot?.sample.atMs === minuteMs && slot.untilMs === fromMs;
    if (slot === undefined || !goesOn || untilMs - slot.fromMs > LONGEST_SLOT_MS) {
      slot = { fromMs, untilMs: fromMs, sample: emptySample(minuteMs) };
      this.#slots.push(slot);
    }
    slot.untilMs = untilMs;
    slot.sample = joined(slot.sample, { ...emptySample(minuteMs), ranMs: untilMs - fromMs, ...sensors });
  }

  /** Gives work to the minutes in which it was done, to each its share; what was done while nothing ran is left out. */
  worked({ fromMs, untilMs, busyMs, productMs, operations }: SpreadWork): void {
    const lengthMs = untilMs - fromMs;
    if (lengthMs <= 0) return;
    for (const slot of this.#slots.toReversed()) {
      if (slot.untilMs <= fromMs) return;
      const share = (Math.min(slot.untilMs, untilMs) - Math.max(slot.fromMs, fromMs)) / lengthMs;
      if (share <= 0) continue;
      slot.sample = {
        ...slot.sample,
        busyMs: slot.sample.busyMs + busyMs * share,
        productMs: slot.sample.productMs + productMs * share,
        operations: slot.sample.operations + operations * share,
      };
    }
  }

  /** Samples of what is over, oldest first. @param beforeMs what ended after this monotonic time may still get work */
  settled(beforeMs: number): Sample[] {
    return this.#slots.filter(({ untilMs }) => untilMs <= beforeMs).map(({ sample }) => sample);
  }

  /** The same, which are then no longer held. */
  take(beforeMs: number): Sample[] {
    const samples = this.settled(beforeMs);
    this.#slots = this.#slots.filter(({ untilMs }) => untilMs > beforeMs);
    return samples;
  }

  get isEmpty(): boolean {
    return this.#slots.length === 0;
  }
}
