import type { Sample } from '../../src-shared/history/sample';
import type { Clock } from '../clock/clock';
import type { Worked, WorkMeter } from '../compute/work-meter';
import { type SensorReading, Slots } from './slots';

export type RecorderParts = {
  readonly clock: Clock;
  readonly meter: WorkMeter;
  /** How many lanes there are. */
  readonly lanes: number;
  readonly readSensors: () => SensorReading;
  /** Takes in minutes that are over, oldest first, in one commit. What it throws is told, and the minutes are lost. */
  readonly keep: (minutes: readonly Sample[]) => void;
  readonly onError: (error: unknown) => void;
};

const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 10_000;
/** At most one commit in so long. */
const KEEP_EVERY_MS = MINUTE_MS;
// A look so late was not made by a busy process: the machine slept, and nothing ran.
const LONGEST_LOOK_MS = 3 * LOOK_EVERY_MS;
// Work longer than this is not waited for; what it does for minutes that are kept already is left out.
const LONGEST_WAIT_MS = 15 * MINUTE_MS;

/**
 * Measures what the miner does while it runs, minute by minute. While it does not, nothing is waited for and nothing is
 * stored: that there is no sample is what tells so.
 */
export class Recorder {
  readonly #parts: RecorderParts;
  readonly #slots = new Slots();
  readonly #stopMeter: () => void;
  /** Until when, monotonic, its running is taken in; null while it does not run. */
  #seenMs: number | null = null;
  #cancelLook: () => void = () => undefined;
  #cancelKeep: (() => void) | null = null;
  #hasKept = false;
  #keptMs = 0;
  #closed = false;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.#stopMeter = parts.meter.onWorked((worked) => this.#take(worked));
  }

  /** Says whether the miner runs from now on. */
  setRunning(runs: boolean): void {
    if (this.#closed || runs === (this.#seenMs !== null)) return;
    if (runs) {
      this.#seenMs = this.#parts.clock.monotonic();
      this.#lookLater();
      return;
    }
    this.#see();
    this.#seenMs = null;
    this.#cancelLook();
  }

  /** There is something to keep beside the minutes: `keep` is called within a minute. */
  keepSoon(): void {
    if (this.#closed || this.#cancelKeep !== null) return;
    const { clock } = this.#parts;
    const dueMs = this.#hasKept ? this.#keptMs + KEEP_EVERY_MS - clock.monotonic() : KEEP_EVERY_MS;
    this.#cancelKeep = clock.after(Math.max(0, dueMs), () => {
      this.#cancelKeep = null;
      this.#keep(this.#settledMs());
      if (!this.#slots.isEmpty) this.keepSoon();
    });
  }

  /** Minutes that are not kept yet, up to now, as far as they are known. */
  pending(): Sample[] {
    this.#see();
    return this.#slots.settled(this.#settledMs());
  }

  /** Keeps what there is, and ends. */
  close(): void {
    if (this.#closed) return;
    this.setRunning(false);
    this.#closed = true;
    this.#cancelKeep?.();
    this.#stopMeter();
    this.#keep(Number.POSITIVE_INFINITY);
  }

  /** Takes in the running time since the last look. */
  #see(): void {
    if (this.#seenMs === null) return;
    const { clock, readSensors } = this.#parts;
    const nowMs = clock.monotonic();
    const ranMs = nowMs - this.#seenMs;
    this.#seenMs = nowMs;
    if (ranMs <= 0 || ranMs > LONGEST_LOOK_MS) return;
    // The minute in which most of it was.
    const minuteMs = Math.floor((clock.now() - ranMs / 2) / MINUTE_MS) * MINUTE_MS;
    this.#slots.ran(minuteMs, nowMs - ranMs, nowMs, readSensors());
    this.keepSoon();
  }

  #take({ elapsedMs, busyMs, product }: Worked): void {
    this.#see();
    const untilMs = this.#parts.clock.monotonic();
    this.#slots.worked({
      fromMs: untilMs - elapsedMs,
      untilMs,
      busyMs: Math.min(busyMs, elapsedMs) / this.#parts.lanes,
      productMs: product?.ms ?? 0,
      operations: product !== null && product.ms > 0 ? product.operations : 0,
    });
  }

  /** The monotonic time up to which no work under way can change anything. */
  #settledMs(): number {
    const nowMs = this.#parts.clock.monotonic();
    return Math.max(this.#parts.meter.underWaySinceMs ?? nowMs, nowMs - LONGEST_WAIT_MS);
  }

  #keep(beforeMs: number): void {
    const { clock, keep, onError } = this.#parts;
    this.#hasKept = true;
    this.#keptMs = clock.monotonic();
    this.#see();
    try {
      keep(this.#slots.take(beforeMs));
    } catch (error) {
      onError(error);
    }
  }

  /** Looks at the minute's end too, so that each look is of one minute. */
  #lookLater(): void {
    const { clock } = this.#parts;
    const toMinuteMs = MINUTE_MS - (clock.now() % MINUTE_MS);
    this.#cancelLook = clock.after(Math.min(LOOK_EVERY_MS, toMinuteMs), () => {
      this.#see();
      this.#lookLater();
    });
  }
}
