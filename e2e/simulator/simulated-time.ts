import type { Clock } from '../../src-main/clock/clock';
import { VirtualClock } from '../../src-main/clock/virtual-clock';

/** When each run begins, ms since the epoch. */
export const START_MS = 1_700_000_000_000;

/**
 * Time as it truly is, as a node's clock shows it, and time as the miner's machine has it: a wall clock that may be set,
 * a monotonic one that stands still while the machine sleeps.
 */
export class SimulatedTime {
  readonly machine = new VirtualClock(START_MS);
  #sleptMs = 0;

  /** True time, ms since the epoch. */
  readonly now = (): number => Math.floor(START_MS + this.machine.monotonic() + this.#sleptMs);

  /** A clock that is always right. */
  readonly node: Clock = {
    now: this.now,
    monotonic: this.now,
    after: (ms, act) => this.machine.after(ms, act),
  };

  /** The machine sleeps for so long: nothing of it runs meanwhile. */
  sleep(ms: number): void {
    this.#sleptMs += ms;
    this.machine.setWall(ms);
  }

  /** How far the machine's wall clock is ahead of true time, ms. */
  get skewMs(): number {
    return this.machine.now() - this.now();
  }

  /** Somebody sets the machine's wall clock right again. */
  setRight(): void {
    this.machine.setWall(-this.skewMs);
  }
}
