import type { Clock } from '../clock/clock';
import { type Probe, type Reading, unknown } from '../machine/machine';

// What a probe asks answers within milliseconds; one that hangs must not hold up a start for long.
const ANSWER_TIMEOUT_MS = 2000;
// While nothing computes there is nothing to stop at once.
const SLOW_MS = 5000;
// A timer may fire so much too early.
const EARLY_MS = 5;
// One answer that is missing is no news: what was known stands for so long.
const STANDS_MS = 30_000;

type Parts<T> = {
  readonly probe: Probe<T>;
  readonly clock: Clock;
  /** Whether something computes that may have to stop. */
  readonly isComputing: () => boolean;
  readonly onReading: () => void;
};

/** Asks the machine one thing again and again, one question at a time, until it is closed. */
export class FactWatch<T> {
  readonly #parts: Parts<T>;
  readonly #stopWatching: () => void;
  #reading: Reading<T> | null = null;
  #knownAtMs = Number.NEGATIVE_INFINITY;
  #isAsking = false;
  /** Something changed while the question was out. */
  #asksAgain = false;
  #isClosed = false;
  #dueMs = Number.POSITIVE_INFINITY;
  #callOff: () => void = () => undefined;

  constructor(parts: Parts<T>) {
    this.#parts = parts;
    this.#stopWatching = parts.probe.watch?.(() => this.ask()) ?? (() => undefined);
    this.ask();
  }

  /** The newest; null before the first. */
  get reading(): Reading<T> | null {
    return this.#reading;
  }

  /** Asks now, or as soon as the last question is settled. */
  ask(): void {
    if (this.#isClosed) return;
    if (this.#isAsking) {
      this.#asksAgain = true;
      return;
    }
    this.#callOff();
    this.#isAsking = true;
    this.#asksAgain = false;
    const { clock, probe } = this.#parts;
    const callOff = clock.after(ANSWER_TIMEOUT_MS, () => this.#take(unknown('no_answer')));
    void answerOf(probe).then((reading) => {
      callOff();
      this.#isAsking = false;
      this.#take(reading);
      if (this.#asksAgain) this.ask();
      else this.#wait();
    });
  }

  /** What computes may have begun: the next question is not later than it should be. */
  hurry(): void {
    if (!this.#isAsking && this.#dueMs > this.#parts.clock.monotonic() + this.#everyMs) this.#wait();
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff();
    this.#stopWatching();
  }

  get #everyMs(): number {
    const { probe, isComputing } = this.#parts;
    return isComputing() ? probe.everyMs : Math.max(probe.everyMs, probe.restMs ?? SLOW_MS);
  }

  #wait(): void {
    if (this.#isClosed) return;
    this.#callOff();
    const { clock } = this.#parts;
    const now = clock.monotonic();
    const everyMs = this.#everyMs;
    // At whole multiples: what is asked equally often is asked in one go, as waking up costs more than the questions.
    this.#dueMs = (Math.floor((now + EARLY_MS) / everyMs) + 1) * everyMs;
    this.#callOff = clock.after(Math.ceil(this.#dueMs - now), () => this.ask());
  }

  #take(reading: Reading<T>): void {
    if (this.#isClosed) return;
    const now = this.#parts.clock.monotonic();
    if (reading.known) this.#knownAtMs = now;
    else if (isSlip(reading.why) && this.#reading?.known === true && now - this.#knownAtMs < STANDS_MS)
      return;
    this.#reading = reading;
    this.#parts.onReading();
  }
}

/** Whether it says nothing about the machine, and the next question may be answered. */
function isSlip(why: string): boolean {
  return why === 'no_answer' || why === 'failed';
}

async function answerOf<T>(probe: Probe<T>): Promise<Reading<T>> {
  try {
    return await probe.read();
  } catch {
    return unknown('failed');
  }
}
