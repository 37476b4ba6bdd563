import type { PausePreset, PauseReason } from '../../src-shared/mining/pause';
import type { Clock } from '../clock/clock';
import type { SettingsStore } from '../storage/settings-store';
import type { WorkLoop } from '../work/work-loop';
import { type PauseEnd, type Pauses, pauseEnd } from './pauses';

type Parts = {
  readonly settings: SettingsStore;
  readonly work: WorkLoop;
  readonly pauses: Pauses;
  readonly clock: Clock;
  readonly onChange: () => void;
};

const RUNNING = 'miner.running';

/** Turns the miner on and off, and holds it back for a while. */
export class MinerSwitch {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get running(): boolean {
    return this.#parts.work.running;
  }

  /** Whether mining was on when the app last ran. */
  get wasRunning(): boolean {
    return this.#parts.settings.get(RUNNING) === true;
  }

  start(): void {
    this.#parts.settings.set(RUNNING, true);
    this.#parts.work.start();
    this.#parts.onChange();
  }

  /** Plans no more; the task in hand is dropped, what was signed is still followed to its end. */
  stop(): void {
    this.#parts.settings.set(RUNNING, false);
    this.#parts.work.stop();
    this.#parts.onChange();
  }

  pause(preset: PausePreset): void {
    this.#hold('manual', pauseEnd(preset, this.#parts.clock.now()));
  }

  resume(): void {
    this.#parts.pauses.clear('manual');
    this.#parts.onChange();
  }

  /** Holds the miner for a reason of the machine's, until `release`. */
  hold(reason: Exclude<PauseReason, 'manual'>): void {
    this.#hold(reason, null);
  }

  release(reason: Exclude<PauseReason, 'manual'>): void {
    this.#parts.pauses.clear(reason);
    this.#parts.onChange();
  }

  #hold(reason: PauseReason, end: PauseEnd): void {
    this.#parts.pauses.set(reason, end);
    this.#parts.work.drop();
    this.#parts.onChange();
  }
}
