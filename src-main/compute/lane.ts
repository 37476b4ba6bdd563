import type { AdapterInfo } from '../../src-shared/compute/adapter';
import type { Engine, EngineReason } from '../../src-shared/compute/engine';
import type { LaneProgress, LaneStatus } from '../../src-shared/compute/lane-status';
import { familyOf } from '../../src-shared/error-codes';
import { AppError } from '../../src-shared/errors';
import type { ComputeOutcome, Job, JobTime, Method, RowsJob, TaskJob } from '../../src-shared/ipc/compute';
import {
  fastestExact,
  type KernelChoice,
  type SizeClass,
  sizeClassOf,
  staysOnAdapter,
} from '../../src-shared/ipc/kernel-choice';
import { equivalentSize, operations, type Shape, squareShape } from '../../src-shared/matrix-mult/shape';
import type { Settings } from '../../src-shared/settings/settings';
import { Listeners } from '../async/listeners';
import { Lock } from '../async/lock';
import type { KernelChoices } from '../storage/kernel-choices';
import type { Quarantine } from '../storage/quarantine';
import { AdapterRecord } from './adapter-record';
import { chooseEngine, type EngineChoice, noEngine } from './choose-engine';
import type { AnswerOf, ComputeRunner, RunnerStatus } from './compute-runner';
import type { ComputeTask } from './compute-task';
import { kernelSummary, wholeTaskSummary } from './kernel-summary';
import { LaneHealth } from './lane-health';
import type { Worked, WorkMeter } from './work-meter';

export type LaneParts = {
  /** Names the lane for as long as the app runs. */
  readonly id: string;
  /** Which of several identical cards this is, from 0: what is known of one must not be held against another. */
  readonly ordinal: number;
  readonly runner: ComputeRunner;
  readonly choices: KernelChoices;
  readonly quarantine: Quarantine;
  /** The graphics driver as the system names it, or null where it doesn't. */
  readonly driver: string | null;
  readonly appVersion: string;
  readonly now: () => number;
  readonly meter: WorkMeter;
  /** Told in a sentence what was chosen, and what failed. */
  readonly log: (message: string) => void;
};

// A task is tried on its engine, and again where that failed.
const MOST_TRIES = 3;
const SLICE_MS: Readonly<Record<Settings['slices'], number>> = { balanced: 6, full: 24 };

/**
 * What changed of a lane: `progress` several times a second, `busy`, whether it has work in hand, with each piece, and
 * everything else seldom.
 */
export type LaneChange = 'status' | 'busy' | 'progress';

/**
 * One lane: a runner with its adapter's record. It decides on which engine, with which kernel, and what is done where
 * that fails. It does one piece of work at a time, or several small ones that wait at the runner; the queue sees to that.
 */
export class Lane {
  readonly id: string;
  readonly #parts: LaneParts;
  readonly #listeners: Listeners<LaneChange>;
  readonly #health: LaneHealth;
  readonly #choosing = new Lock();
  #heard: RunnerStatus;
  #settings: Pick<Settings, 'engine' | 'matrixSize'> = { engine: 'auto', matrixSize: 1 };
  #measuring = false;
  #lastGops: number | null = null;
  #knownAdapter: AdapterRecord | null = null;
  /** What the known adapter told of itself when it was looked for last. */
  #looked: AdapterInfo | null = null;

  constructor(parts: LaneParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.#listeners = new Listeners((error) => parts.log(String(error)));
    this.#health = new LaneHealth(parts);
    this.#heard = parts.runner.status;
    parts.runner.onChange(() => this.#hear());
  }

  get status(): LaneStatus {
    const { id, runner, driver } = this.#parts;
    const { state, adapter, error } = runner.status;
    const record = this.#adapter;
    const { engine, reason } = this.#choose(this.#settings.matrixSize);
    return {
      id,
      state,
      adapter,
      error,
      engine,
      engineReason: reason,
      driver,
      ...this.#health.status,
      kernels: record?.kernels ?? [],
      measuring: this.#measuring,
      quarantinedSinceMs: record?.quarantinedSinceMs ?? null,
      selfCheckFailures: record?.failures ?? [],
      lastGops: this.#lastGops,
    };
  }

  get isUp(): boolean {
    return isUp(this.#parts.runner.status);
  }

  /** How far the work in hand is; null where there is none. */
  get progress(): LaneProgress | null {
    const { state, progress } = this.#parts.runner.status;
    return state === 'busy' ? { lane: this.id, done: progress } : null;
  }

  /** Calls back at each change; returns the function that stops it. */
  onChange(listener: (change: LaneChange) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** As `ComputeRunner.letRest`. */
  letRest(isAllowed: boolean): void {
    this.#parts.runner.letRest(isAllowed);
  }

  /** Applies what a person set. */
  configure(settings: Settings): void {
    const before = this.#settings.engine;
    this.#settings = settings;
    const { runner } = this.#parts;
    // Who asks for an adapter that was not there may have put it there meanwhile.
    if (settings.engine !== before && settings.engine !== 'cpu' && runner.status.adapter === null)
      runner.lookForAdapter();
    const { dutyPercent, slices, cpuThreads: threads } = settings;
    runner.setPace({ dutyPercent, sliceMs: SLICE_MS[slices], threads });
    this.#listeners.tell('status');
  }

  /**
   * One task with its proof, self-checked.
   * @throws AppError `compute_*`, `gpu_*`, `self_check_failed`, `invalid_matrix_size`; the signal's reason
   */
  async run(task: ComputeTask, signal: AbortSignal): Promise<ComputeOutcome> {
    const size = equivalentSize(task.shape);
    for (let tries = 1; ; tries += 1) {
      // It may have waited behind another job for long.
      signal.throwIfAborted();
      await this.#untilUp(signal);
      // Once lost, the adapter is no longer there to be blamed.
      const record = this.#adapter;
      // What failed on the adapter is done again on the processor, whoever asked for the adapter.
      let engine: Engine = tries === 1 ? this.#engineFor(size) : 'cpu';
      try {
        const method = await this.#method(engine, record, size, signal);
        engine = method.engine;
        const outcome = await this.#do({ kind: 'task', method, ...task }, signal, productOf);
        this.#health.notePassed();
        this.#lastGops = gops(task.shape, outcome.timings.multiplyMs);
        return outcome;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        // One that was cancelled and did not stop hangs: that is the engine's failure too.
        if (signal.aborted && error.code !== 'compute_failed') throw error;
        this.#health.noteFailure(error, engine === 'webgpu' ? record : null, size);
        this.#listeners.tell('status');
        if (signal.aborted || tries === MOST_TRIES || !this.#mayTryAgain(error, engine)) throw error;
      }
    }
  }

  /**
   * Rows of C of anybody's task, for an audit: their digests, in the order asked for. On the processor, whose
   * word no driver can spoil; nothing that fails is held against an engine. @throws AppError `compute_*`, `invalid_matrix_size`
   */
  async recomputeRows(rows: Omit<RowsJob, 'kind'>, signal: AbortSignal): Promise<readonly Uint8Array[]> {
    return (await this.#auditJob({ kind: 'rows', ...rows }, signal)).digests;
  }

  /** Anybody's whole task, as `recomputeRows`. @throws AppError `compute_*`, `self_check_failed`, `invalid_matrix_size` */
  recompute(task: ComputeTask, signal: AbortSignal): Promise<ComputeOutcome> {
    return this.#auditJob({ kind: 'task', method: { engine: 'cpu' }, ...task }, signal);
  }

  /** Times the kernels anew for the sizes in use. @throws AppError `gpu_*`, `compute_*` */
  async measure(signal: AbortSignal): Promise<void> {
    const record = this.#adapter;
    if (record === null) throw this.#noEngine('setting_webgpu');
    const classes = new Set(record.kernels.map(({ sizeClass }) => sizeClass));
    classes.add(sizeClassOf(squareShape(this.#settings.matrixSize)));
    for (const sizeClass of classes) await this.#measure(record, sizeClass, signal);
  }

  /** Uses an adapter again whose results were wrong. */
  releaseAdapter(): void {
    const record = this.#adapter;
    if (record === null) return;
    record.release();
    this.#parts.log('The graphics adapter is used again, as asked.');
    this.#listeners.tell('status');
  }

  async #auditJob<J extends Job>(job: J, signal: AbortSignal): Promise<AnswerOf<J>> {
    signal.throwIfAborted();
    await this.#untilUp(signal);
    return this.#do(job, signal, () => null);
  }

  /** Has the runner do a job, and tells of it. @param product what of it says how fast the lane is */
  async #do<J extends Job>(
    job: J,
    signal: AbortSignal,
    product: (job: J, answer: AnswerOf<J>) => Worked['product'],
  ): Promise<AnswerOf<J>> {
    const end = this.#parts.meter.begin();
    let took: JobTime = { elapsedMs: 0, busyMs: 0 };
    let fast: Worked['product'] = null;
    try {
      const answer = await this.#parts.runner.run(job, signal, (told) => {
        took = told;
      });
      fast = product(job, answer);
      return answer;
    } finally {
      end({ ...took, product: fast });
    }
  }

  #hear(): void {
    const before = this.#heard;
    const now = this.#parts.runner.status;
    this.#heard = now;
    const isSame = isUp(now) === isUp(before) && now.adapter === before.adapter && now.error === before.error;
    if (!isSame) this.#listeners.tell('status');
    else this.#listeners.tell(now.state === before.state ? 'progress' : 'busy');
  }

  /** @throws AppError `gpu_unavailable` where the settings ask for an adapter that is not there */
  #engineFor(n: number): Engine {
    const { engine, reason } = this.#choose(n);
    if (engine === null) throw this.#noEngine(reason);
    return engine;
  }

  #noEngine(reason: EngineReason): AppError {
    return noEngine(reason, this.#parts.runner.status, this.#knownAdapter !== null);
  }

  /** How to compute on an engine; kernels that were never measured on this adapter are measured first. */
  async #method(
    engine: Engine,
    record: AdapterRecord | null,
    n: number,
    signal: AbortSignal,
  ): Promise<Method> {
    if (engine === 'cpu' || record === null) return { engine: 'cpu' };
    const sizeClass = sizeClassOf(squareShape(n));
    // Of several small tasks at once the first has the kernels measured.
    const choice = await this.#choosing.run(
      async () => record.kernelFor(sizeClass) ?? (await this.#measure(record, sizeClass, signal)),
    );
    if (choice.kernel === null) return { engine: 'cpu' };
    return { engine, kernel: choice.kernel, wholeTask: staysOnAdapter(choice.wholeTask) };
  }

  async #measure(record: AdapterRecord, sizeClass: SizeClass, signal: AbortSignal): Promise<KernelChoice> {
    const { now, log } = this.#parts;
    this.#measuring = true;
    this.#listeners.tell('status');
    try {
      const { measured, wholeTask } = await this.#do({ kind: 'measure', sizeClass }, signal, () => null);
      const kernel = fastestExact(measured)?.name ?? null;
      const choice = { sizeClass, kernel, measured, wholeTask, measuredAtMs: now() };
      // That none runs may pass, as a lack of memory does; that none is exact does not.
      if (!measured.some(({ ran }) => ran)) throw noneRuns();
      this.#health.keep(() => record.keep(choice));
      log(`For ${sizeClass} matrices: ${kernelSummary(choice)}.`);
      if (wholeTask !== null) log(`For ${sizeClass} matrices: ${wholeTaskSummary(wholeTask)}.`);
      return choice;
    } finally {
      this.#measuring = false;
      this.#listeners.tell('status');
    }
  }

  #choose(n: number): EngineChoice {
    const obstacle = this.#adapter?.obstacle(n, sizeClassOf(squareShape(n))) ?? null;
    return chooseEngine(this.#settings.engine, this.#parts.runner.status, obstacle);
  }

  /** Whether a failure is the engine's and not the task's: another try may go well. */
  #mayTryAgain({ code }: AppError, engine: Engine): boolean {
    if (code === 'compute_failed' || code === 'self_check_failed') return true;
    if (engine === 'cpu') return false;
    if (code === 'compute_timeout') return true;
    return familyOf(code) === 'gpu' || (code === 'invalid_matrix_size' && this.#settings.engine === 'auto');
  }

  /** Waits while the compute process is started, for the first time or again. @throws the signal's reason */
  async #untilUp(signal: AbortSignal): Promise<void> {
    if (this.isUp) return;
    const waiting = new AbortController();
    await new Promise<void>((resolve, reject) => {
      const stop = this.onChange(() => this.isUp && resolve());
      waiting.signal.addEventListener('abort', stop);
      signal.addEventListener('abort', () => reject(signal.reason), { signal: waiting.signal });
      if (signal.aborted) reject(signal.reason);
    }).finally(() => waiting.abort());
  }

  /** What is known of the adapter that is there now, if any. */
  get #adapter(): AdapterRecord | null {
    const { runner, choices, quarantine, driver, appVersion, ordinal, now } = this.#parts;
    const { adapter } = runner.status;
    if (adapter === null) return null;
    if (this.#knownAdapter !== null && this.#looked === adapter) return this.#knownAdapter;
    this.#looked = adapter;
    const identity = { ...adapter, driver, appVersion, ordinal };
    if (this.#knownAdapter?.isOf(identity)) return this.#knownAdapter;
    this.#knownAdapter = new AdapterRecord(identity, choices, quarantine, now());
    return this.#knownAdapter;
  }
}

function isUp({ state }: RunnerStatus): boolean {
  return state === 'ready' || state === 'busy';
}

/** Multiply-adds counted as two operations, in 10⁹ a second; null where the clock did not tell. */
function gops(shape: Shape, multiplyMs: number): number | null {
  return multiplyMs > 0 ? operations(shape) / (multiplyMs * 1e6) : null;
}

function productOf({ shape }: TaskJob, { timings }: ComputeOutcome): Worked['product'] {
  return { operations: operations(shape), ms: timings.multiplyMs };
}

function noneRuns(): AppError {
  return new AppError('gpu_failed', 'No kernel runs on the graphics adapter.', {
    remedy: 'wait',
    retryable: true,
    params: { detail: 'no kernel runs' },
  });
}
