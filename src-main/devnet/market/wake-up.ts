import type { Clock } from '../../clock/clock';

/** One timer for whatever comes first. */
export class WakeUp {
  readonly #clock: Clock;
  readonly #act: () => void;
  #dueMs = Number.POSITIVE_INFINITY;
  #callOff: () => void = () => undefined;

  constructor(clock: Clock, act: () => void) {
    this.#clock = clock;
    this.#act = act;
  }

  /** Acts at this moment, monotonic ms, at the latest. */
  at(dueMs: number): void {
    if (dueMs >= this.#dueMs) return;
    this.stop();
    this.#dueMs = dueMs;
    this.#callOff = this.#clock.after(dueMs - this.#clock.monotonic(), () => {
      this.#dueMs = Number.POSITIVE_INFINITY;
      this.#act();
    });
  }

  stop(): void {
    this.#callOff();
    this.#dueMs = Number.POSITIVE_INFINITY;
  }
}
