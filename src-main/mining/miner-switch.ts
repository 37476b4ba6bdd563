import { z } from 'zod';
import { type PausePreset, pausePresetSchema } from '../../src-shared/mining/pause';
import type { Clock } from '../clock/clock';
import type { PauseRules } from '../pause-rules/pause-rules';
import type { SettingsStore } from '../storage/settings-store';
import type { WorkLoop } from '../work/work-loop';
import { type HeldReason, type PauseEnd, type Pauses, pauseEnd, restOfPause } from './pauses';

type Parts = {
  readonly settings: Pick<SettingsStore, 'get' | 'set'>;
  readonly work: Pick<WorkLoop, 'running' | 'isBusy' | 'start' | 'finish' | 'stop' | 'drop'>;
  readonly pauses: Pauses;
  readonly rules: Pick<PauseRules, 'override'>;
  /** Whether a result is on its way to a block. */
  readonly isSending: () => boolean;
  readonly clock: Clock;
  readonly onChange: () => void;
};

/** What a person decided is kept under these names, for the next start with a window. */
const RUNNING = 'miner.running';
const PAUSED = 'miner.paused';
const pausedSchema = z.object({ preset: pausePresetSchema, atMs: z.number() }).nullable();

// A machine that sleeps runs no timer: one that runs so long is awake, whether or not anybody said so.
const AWAKE_AFTER_MS = 60_000;
// A result that is in no block by then is followed all the same, but not waited for.
const SENT_WITHIN_MS = 5 * 60_000;

/** Turns the miner on and off, and holds it back for a while. */
export class MinerSwitch {
  readonly #parts: Parts;
  #stopWatching: () => void = () => undefined;
  /** By when, monotonic, what is in hand is waited for before it is off; null where it is not on its way off. */
  #finishesByMs: number | null = null;
  #stopWaiting: () => void = () => undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get running(): boolean {
    return this.#parts.work.running;
  }

  /** Whether anything is being computed. */
  get isBusy(): boolean {
    return this.#parts.work.isBusy;
  }

  /** Whether it does what is in hand and is off then. */
  get isFinishing(): boolean {
    return this.#finishesByMs !== null;
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
    this.#finished();
    this.#parts.work.start();
    this.#parts.onChange();
  }

  /**
   * Plans no more; the task in hand is dropped, what was signed is still followed to its end.
   * @throws as `start`; it is stopped all the same
   */
  stop(): void {
    this.#finished();
    this.#parts.work.stop();
    this.#parts.onChange();
    this.#parts.settings.set(RUNNING, false);
  }

  /**
   * Plans no more; the task in hand is done, and it is off once what was computed is in a block. For the next start it
   * is off from now on. @throws as `start`; it finishes all the same
   */
  finish(): void {
    if (!this.#parts.work.running) return;
    this.finishForRun();
    this.#parts.settings.set(RUNNING, false);
  }

  /** The same for this run alone: the next one does as a person decided before. */
  finishForRun(): void {
    const { work, clock, onChange } = this.#parts;
    if (!work.running) return;
    work.finish();
    this.#finishesByMs = clock.monotonic() + SENT_WITHIN_MS;
    this.#stopWaiting = clock.after(SENT_WITHIN_MS, onChange);
    onChange();
  }

  /** Something changed: what was to be finished may be. @returns whether it is, from now on */
  look(): boolean {
    const { work, clock, isSending } = this.#parts;
    if (this.#finishesByMs === null || work.isBusy) return false;
    if (isSending() && clock.monotonic() < this.#finishesByMs) return false;
    this.#finished();
    return true;
  }

  /** A person pauses it. @throws as `start`; it pauses all the same */
  pause(preset: PausePreset): void {
    const { settings, clock } = this.#parts;
    const atMs = clock.now();
    this.#hold('manual', pauseEnd(preset, atMs));
    settings.set(PAUSED, { preset, atMs });
  }

  /**
   * A person wants it to go on: their own pause ends, and the machine that they sit before is not asleep. What rules
   * hold it back for is overridden, where that may be.
   */
  resume(): void {
    const { pauses, rules, settings, onChange } = this.#parts;
    this.#stopWatching();
    pauses.clear('manual');
    pauses.clear('suspended');
    rules.override();
    onChange();
    settings.set(PAUSED, null);
  }

  /** Holds the miner for a reason of the machine's, until `release`, or any other sign that the reason is gone. */
  hold(reason: Exclude<HeldReason, 'manual'>): void {
    this.#hold(reason, null);
    this.#stopWatching();
    this.#stopWatching = this.#parts.clock.after(AWAKE_AFTER_MS, () => this.release(reason));
  }

  release(reason: Exclude<HeldReason, 'manual'>): void {
    this.#stopWatching();
    this.#parts.pauses.clear(reason);
    this.#parts.onChange();
  }

  /** Nothing is waited for any more. */
  close(): void {
    this.#stopWatching();
    this.#stopWaiting();
  }

  #finished(): void {
    this.#stopWaiting();
    this.#finishesByMs = null;
  }

  #hold(reason: HeldReason, end: PauseEnd): void {
    this.#parts.pauses.set(reason, end);
    this.#parts.work.drop();
    this.#parts.onChange();
  }
}
