import { z } from 'zod';
import { type PausePreset, type PauseReason, pausePresetSchema } from '../../src-shared/mining/pause';
import type { Clock } from '../clock/clock';
import type { SettingsStore } from '../storage/settings-store';
import type { WorkLoop } from '../work/work-loop';
import { type PauseEnd, type Pauses, pauseEnd, restOfPause } from './pauses';

type Parts = {
  readonly settings: Pick<SettingsStore, 'get' | 'set'>;
  readonly work: Pick<WorkLoop, 'running' | 'start' | 'stop' | 'drop'>;
  readonly pauses: Pauses;
  readonly clock: Clock;
  readonly onChange: () => void;
};

/** What a person decided is kept under these names, for the next start with a window. */
const RUNNING = 'miner.running';
const PAUSED = 'miner.paused';
const pausedSchema = z.object({ preset: pausePresetSchema, atMs: z.number() }).nullable();

// A machine that sleeps runs no timer: one that runs so long is awake, whether or not anybody said so.
const AWAKE_AFTER_MS = 60_000;

/** Turns the miner on and off, and holds it back for a while. */
export class MinerSwitch {
  readonly #parts: Parts;
  #stopWatching: () => void = () => undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get running(): boolean {
    return this.#parts.work.running;
  }

  /** Takes up what a person decided before the app ended: whether it mines, and a pause that is not over. */
  takeUp(): void {
    const { settings, clock } = this.#parts;
    const paused = settings.get(PAUSED, pausedSchema) ?? null;
    if (paused !== null) {
      const rest = restOfPause(paused.preset, paused.atMs, clock.now());
      if (rest !== 'over') this.#hold('manual', rest);
    }
    if (settings.get(RUNNING, z.boolean()) === true) this.startForRun();
  }

  /** A person turns it on. @throws AppError `disk_full`, `database_failed` where that can't be kept; it runs all the same */
  start(): void {
    this.startForRun();
    this.#parts.settings.set(RUNNING, true);
  }

  /** Turns it on for this run alone, as its command line says: the next one does as a person decided. */
  startForRun(): void {
    this.#parts.work.start();
    this.#parts.onChange();
  }

  /**
   * Plans no more; the task in hand is dropped, what was signed is still followed to its end.
   * @throws as `start`; it is stopped all the same
   */
  stop(): void {
    this.#parts.work.stop();
    this.#parts.onChange();
    this.#parts.settings.set(RUNNING, false);
  }

  /** A person pauses it. @throws as `start`; it pauses all the same */
  pause(preset: PausePreset): void {
    const { settings, clock } = this.#parts;
    const atMs = clock.now();
    this.#hold('manual', pauseEnd(preset, atMs));
    settings.set(PAUSED, { preset, atMs });
  }

  /** A person wants it to go on: whatever holds it back ends, as the machine that they sit before is not asleep. */
  resume(): void {
    const { pauses, settings, onChange } = this.#parts;
    this.#stopWatching();
    for (const { reason } of pauses.current()) pauses.clear(reason);
    onChange();
    settings.set(PAUSED, null);
  }

  /** Holds the miner for a reason of the machine's, until `release`, or any other sign that the reason is gone. */
  hold(reason: Exclude<PauseReason, 'manual'>): void {
    this.#hold(reason, null);
    this.#stopWatching();
    this.#stopWatching = this.#parts.clock.after(AWAKE_AFTER_MS, () => this.release(reason));
  }

  release(reason: Exclude<PauseReason, 'manual'>): void {
    this.#stopWatching();
    this.#parts.pauses.clear(reason);
    this.#parts.onChange();
  }

  /** Nothing is waited for any more. */
  close(): void {
    this.#stopWatching();
  }

  #hold(reason: PauseReason, end: PauseEnd): void {
    this.#parts.pauses.set(reason, end);
    this.#parts.work.drop();
    this.#parts.onChange();
  }
}
