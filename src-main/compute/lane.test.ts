import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AdapterInfo } from '../../src-shared/compute/adapter';
import { AppError, type ErrorCode } from '../../src-shared/errors';
import type {
  ComputeOutcome,
  Job,
  JobTime,
  KernelsMeasured,
  RowsRecomputed,
  TaskJob,
} from '../../src-shared/ipc/compute';
import type { KernelMeasurement, SizeClass, WholeTaskMeasurement } from '../../src-shared/ipc/kernel-choice';
import type { Pace } from '../../src-shared/ipc/pace';
import { squareShape } from '../../src-shared/matrix-mult/shape';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import type { Database } from '../storage/database';
import { openDatabase } from '../storage/database';
import { KernelChoices } from '../storage/kernel-choices';
import { Quarantine } from '../storage/quarantine';
import type { AnswerOf, ComputeRunner, RunnerStatus } from './compute-runner';
import { Lane } from './lane';
import { type Worked, WorkMeter } from './work-meter';

const CARD: AdapterInfo = {
  vendor: 'acme',
  architecture: 'a1',
  device: '',
  description: 'Acme One',
  software: false,
  maxBufferBytes: 2 ** 31,
  packedDot: true,
};
const TOOK: JobTime = { elapsedMs: 10, busyMs: 4 };
const DIGEST = new Uint8Array(32).fill(0x11);
const SQUARE = {
  shape: squareShape(64),
  operands: { kind: 'drawn', seed: new Uint8Array(32).fill(0x22) },
} as const;
const taskOf = (matrixSize: number) => ({
  ...SQUARE,
  shape: squareShape(matrixSize),
  blockHeight: 1,
  commitment: 'merkle' as const,
  openedRows: 8,
  wantsProduct: false,
});
const MEASURED: KernelMeasurement[] = [
  { name: 'registers', ran: true, exact: true, gops: 100 },
  { name: 'f32-tiled', ran: true, exact: true, gops: 900 },
  { name: 'dp4a-tiled', ran: true, exact: false, gops: 0 },
];

/** A compute process whose answers a test decides on. */
class ScriptedRunner implements ComputeRunner {
  status: RunnerStatus = { state: 'ready', adapter: CARD, error: null, progress: 0 };
  measured = MEASURED;
  wholeTask: (sizeClass: SizeClass) => WholeTaskMeasurement | null = () => null;
  /** What a task on an engine fails with, by its engine; null where it goes well. */
  failure: (job: TaskJob) => AppError | null = () => null;
  readonly jobs: Job[] = [];
  pace: Pace | null = null;
  looks = 0;
  readonly #listeners = new Set<() => void>();

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setPace(pace: Pace): void {
    this.pace = pace;
  }

  letRest(): void {}

  lookForAdapter(): void {
    this.looks += 1;
  }

  set(status: Partial<RunnerStatus>): void {
    this.status = { ...this.status, ...status };
    for (const listener of this.#listeners) listener();
  }

  async run<J extends Job>(
    job: J,
    _signal: AbortSignal,
    onTook: (took: JobTime) => void,
  ): Promise<AnswerOf<J>> {
    this.jobs.push(job);
    onTook(TOOK);
    return this.#answer(job) as AnswerOf<J>; // an answer of the job's own kind
  }

  #answer(job: Job): ComputeOutcome | KernelsMeasured | RowsRecomputed {
    if (job.kind === 'measure')
      return { kind: 'measure', measured: this.measured, wholeTask: this.wholeTask(job.sizeClass) };
    if (job.kind === 'rows') return { kind: 'rows', digests: job.rows.map(() => DIGEST) };
    const failure = this.failure(job);
    if (failure !== null) throw failure;
    const timings = { generateMs: 1, multiplyMs: 1, commitMs: 1, selfCheckMs: 1 };
    return {
      kind: 'task',
      resultHash: '00'.repeat(32),
      proof: '',
      product: null,
      engine: job.method.engine,
      timings,
    };
  }

  /** The engines that tasks were sent to, in order. */
  get engines(): string[] {
    return this.jobs.flatMap((job) => (job.kind === 'task' ? [job.method.engine] : []));
  }

  get measurements(): string[] {
    return this.jobs.flatMap((job) => (job.kind === 'measure' ? [job.sizeClass] : []));
  }
}

let folder = '';
let database: Database;
let runner: ScriptedRunner;
let now = 1_000_000_000_000;
const meter = new WorkMeter(
  () => now,
  () => undefined,
);
const log: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compute-'));
  database = openDatabase(join(folder, 'miner.sqlite'), 0).database;
  runner = new ScriptedRunner();
  log.length = 0;
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

/** A lane as the app starts it, on the profile of this test. */
function open({
  driver = 'acme 1.0',
  appVersion = '1.0.0',
  engine = 'auto' as 'auto' | 'webgpu' | 'cpu',
} = {}) {
  const lane = new Lane({
    id: 'lane-0',
    ordinal: 0,
    runner,
    choices: new KernelChoices(database),
    quarantine: new Quarantine(database),
    driver,
    appVersion,
    now: () => now,
    meter,
    log: (message) => log.push(message),
  });
  lane.configure({ ...DEFAULT_SETTINGS, engine });
  return lane;
}

const run = (lane: Lane, matrixSize = 1024, signal = new AbortController().signal) =>
  lane.run(taskOf(matrixSize), signal);

const failing = (code: ErrorCode, on: 'webgpu' | 'cpu' = 'webgpu') => {
  runner.failure = ({ method }) =>
    method.engine === on ? new AppError(code, `${code} on ${on}`, { params: { why: 'product' } }) : null;
};

describe('the choice of a kernel', () => {
  it('is made on first use, for each class of sizes once, and kept over restarts', async () => {
    const lane = open();
    for (const size of [1024, 1500, 512, 4096]) await run(lane, size);
    expect(runner.measurements).toEqual(['medium', 'small', 'large']);
    await run(open(), 1024);
    expect(runner.measurements).toHaveLength(3);
    expect(lane.status.kernels.map(({ sizeClass, kernel }) => [sizeClass, kernel]).sort()).toEqual([
      ['large', 'f32-tiled'],
      ['medium', 'f32-tiled'],
      ['small', 'f32-tiled'],
    ]);
    expect(log[0]).toBe(
      'For medium matrices: f32-tiled is the fastest exact kernel (registers 100.0 GOPS, f32-tiled 900.0 GOPS, dp4a-tiled not exact).',
    );
  });

  it.each([{ driver: 'acme 1.1' }, { appVersion: '1.0.1' }])('is made anew with %j', async (change) => {
    await run(open());
    await run(open(change));
    expect(runner.measurements).toEqual(['medium', 'medium']);
  });

  it('is made anew for another adapter', async () => {
    const lane = open();
    await run(lane);
    runner.set({ adapter: { ...CARD, description: 'Acme Two' } });
    await run(lane);
    expect(runner.measurements).toEqual(['medium', 'medium']);
  });

  it('is made anew when a person asks, for every size in use', async () => {
    const lane = open();
    await run(lane, 4096);
    runner.measured = [{ name: 'registers', ran: true, exact: true, gops: 50 }];
    await lane.measure(new AbortController().signal);
    expect(runner.measurements.slice(1).sort()).toEqual(['large', 'medium']);
    expect(lane.status.kernels.every(({ kernel }) => kernel === 'registers')).toBe(true);
  });

  it('leaves an adapter unused on which no kernel is exact, even where it is asked for', async () => {
    runner.measured = MEASURED.map(({ name }) => ({ name, ran: true, exact: false, gops: 0 }));
    const lane = open({ engine: 'webgpu' });
    await run(lane);
    await run(lane);
    expect(runner.engines).toEqual(['cpu', 'cpu']);
    expect(runner.measurements).toHaveLength(1);
    expect(lane.status).toMatchObject({ engine: 'cpu', engineReason: 'no_exact_kernel' });
  });

  it('is not kept where no kernel ran: what failed may pass, and the task is done meanwhile', async () => {
    runner.measured = MEASURED.map(({ name }) => ({ name, ran: false, exact: false, gops: 0 }));
    const lane = open();
    await run(lane);
    expect(runner.engines).toEqual(['cpu']);
    expect(lane.status).toMatchObject({ kernels: [], lastFailure: { error: { code: 'gpu_failed' } } });
    runner.measured = MEASURED;
    await run(lane);
    expect(runner.engines).toEqual(['cpu', 'webgpu']);
  });

  it('has tasks done on the adapter as a whole where that was measured to be faster, also after a restart', async () => {
    runner.wholeTask = (sizeClass) => {
      if (sizeClass === 'small') return null;
      return sizeClass === 'medium'
        ? { onAdapterMs: 20, productOnlyMs: 12 }
        : { onAdapterMs: 90, productOnlyMs: 200 };
    };
    const lane = open();
    for (const size of [512, 2048, 2049]) await run(lane, size);
    await run(open(), 2049);
    const methods = runner.jobs.flatMap((job) => (job.kind === 'task' ? [job.method] : []));
    expect(methods.map((method) => method.engine === 'webgpu' && method.wholeTask)).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(log).toContain(
      'For large matrices: whole tasks stay on the adapter (there a task takes 90.0 ms, with C brought back it takes 200.0 ms).',
    );
  });
});

describe('an adapter that is not there', () => {
  it('is looked for anew where a person sets an engine that would use it, and not otherwise', () => {
    const lane = open();
    const set = (engine: 'auto' | 'webgpu' | 'cpu') => lane.configure({ ...DEFAULT_SETTINGS, engine });
    set('cpu');
    set('webgpu');
    expect(runner.looks).toBe(0);
    runner.set({ adapter: null });
    set('webgpu');
    set('cpu');
    expect(runner.looks).toBe(0);
    set('auto');
    expect(runner.looks).toBe(1);
  });
});

describe('a task that fails on the adapter', () => {
  it.each(['self_check_failed', 'gpu_failed', 'gpu_lost', 'compute_failed'] as const)(
    'with %s is done again on the processor, and it is said',
    async (code) => {
      failing(code);
      const lane = open({ engine: 'webgpu' });
      await expect(run(lane)).resolves.toMatchObject({ engine: 'cpu' });
      expect(runner.engines).toEqual(['webgpu', 'cpu']);
      expect(lane.status.lastFailure).toMatchObject({ atMs: now, error: { code } });
      expect(log.at(-1)).toBe(`${code} on webgpu`);
    },
  );

  it('for want of room is done on the processor in "auto", and so are others as large, until the app is restarted', async () => {
    failing('invalid_matrix_size');
    const lane = open();
    await run(lane, 8000);
    await run(lane, 9000);
    await run(lane, 16_384);
    expect(runner.engines).toEqual(['webgpu', 'cpu', 'cpu', 'cpu']);
    runner.failure = () => null;
    await run(lane, 7999);
    expect(runner.engines.at(-1)).toBe('webgpu');
    lane.configure({ ...DEFAULT_SETTINGS, matrixSize: 8000 });
    expect(lane.status.engineReason).toBe('too_large');
  });

  it('for want of room is refused where a person chose the adapter', async () => {
    failing('invalid_matrix_size');
    await expect(run(open({ engine: 'webgpu' }), 8000)).rejects.toMatchObject({
      code: 'invalid_matrix_size',
    });
  });

  it('with compute_timeout is done again on the processor too', async () => {
    failing('compute_timeout');
    await expect(run(open())).resolves.toMatchObject({ engine: 'cpu' });
  });

  it('for want of memory is the size’s fault, not the adapter’s', async () => {
    runner.failure = ({ method }) =>
      method.engine === 'webgpu'
        ? new AppError('gpu_failed', 'no memory', { params: { why: 'memory' } })
        : null;
    const lane = open();
    for (let task = 0; task < 4; task += 1) await run(lane, 8000);
    expect(runner.engines).toEqual(['webgpu', 'cpu', 'cpu', 'cpu', 'cpu']);
    expect(lane.status).toMatchObject({ quarantinedSinceMs: null, selfCheckFailures: [] });
  });

  it('and does not stop when it is cancelled counts against the adapter', async () => {
    const lane = open();
    for (let task = 0; task < 3; task += 1) {
      const abort = new AbortController();
      runner.failure = () => {
        abort.abort();
        return new AppError('compute_failed', 'a cancelled job did not stop');
      };
      await expect(run(lane, 1024, abort.signal)).rejects.toMatchObject({ code: 'compute_failed' });
    }
    expect(lane.status.quarantinedSinceMs).toBe(now);
  });

  it('is not done again once it was cancelled', async () => {
    const abort = new AbortController();
    runner.failure = () => {
      abort.abort();
      return new AppError('gpu_failed', 'gone');
    };
    await expect(run(open(), 1024, abort.signal)).rejects.toMatchObject({ code: 'gpu_failed' });
    expect(runner.engines).toEqual(['webgpu']);
  });

  it('waits for the compute process to come back, or to be cancelled', async () => {
    const lane = open();
    runner.set({ state: 'failed', adapter: null });
    const waiting = run(lane);
    runner.set({ state: 'ready', adapter: CARD });
    await expect(waiting).resolves.toMatchObject({ engine: 'webgpu' });
    runner.set({ state: 'starting' });
    const abort = new AbortController();
    const never = run(lane, 1024, abort.signal);
    abort.abort(new Error('stale'));
    await expect(never).rejects.toThrow('stale');
  });
});

describe('a task that fails on the processor', () => {
  it('is tried three times at most', async () => {
    failing('self_check_failed', 'cpu');
    const lane = open({ engine: 'cpu' });
    await expect(run(lane)).rejects.toMatchObject({ code: 'self_check_failed' });
    expect(runner.engines).toEqual(['cpu', 'cpu', 'cpu']);
    expect(lane.status).toMatchObject({ selfChecksFailed: 3, quarantinedSinceMs: null });
  });
});

describe('the quarantine', () => {
  it('begins with the third wrong result within an hour, and holds over restarts', async () => {
    failing('self_check_failed');
    const lane = open({ engine: 'webgpu' });
    await run(lane);
    await run(lane);
    expect(lane.status.quarantinedSinceMs).toBeNull();
    now += 1000;
    await run(lane);
    expect(lane.status).toMatchObject({
      engine: 'cpu',
      engineReason: 'quarantined',
      quarantinedSinceMs: now,
    });
    expect(log.at(-1)).toContain('failed 3 times within an hour');
    const again = open({ engine: 'webgpu' });
    await run(again);
    expect(runner.engines.slice(-2)).toEqual(['cpu', 'cpu']);
    expect(again.status.selfCheckFailures).toHaveLength(3);
  });

  it('counts breakdowns as it counts wrong results', async () => {
    failing('gpu_failed');
    const lane = open();
    for (let failure = 0; failure < 3; failure += 1) await run(lane);
    expect(lane.status).toMatchObject({ engineReason: 'quarantined', quarantinedSinceMs: now });
    expect(lane.status.selfCheckFailures[0]).toMatchObject({ why: 'failed' });
  });

  it('holds whatever the driver is called', async () => {
    failing('self_check_failed');
    const lane = open();
    for (let failure = 0; failure < 3; failure += 1) await run(lane);
    expect(open({ driver: 'acme 2.0' }).status.engineReason).toBe('quarantined');
  });

  it('and a choice that cannot be kept, as on a full disk, keep no task from being done', async () => {
    const lane = open();
    await run(lane, 64);
    database.close();
    failing('self_check_failed');
    await expect(run(lane)).resolves.toMatchObject({ engine: 'cpu' });
  });

  it('does not begin where the wrong results are further apart', async () => {
    failing('self_check_failed');
    const lane = open();
    for (let failure = 0; failure < 5; failure += 1) {
      await run(lane);
      now += 31 * 60_000;
    }
    expect(lane.status.quarantinedSinceMs).toBeNull();
  });

  it('ends when a person asks, and begins with the third wrong result from then on', async () => {
    failing('self_check_failed');
    const lane = open();
    for (let failure = 0; failure < 3; failure += 1) await run(lane);
    lane.releaseAdapter();
    expect(lane.status).toMatchObject({
      engine: 'webgpu',
      quarantinedSinceMs: null,
      selfCheckFailures: [],
    });
    await run(lane);
    await run(lane);
    expect(lane.status.quarantinedSinceMs).toBeNull();
    await run(lane);
    expect(lane.status.quarantinedSinceMs).toBe(now);
  });

  it('is the adapter’s alone: another one is used', async () => {
    failing('self_check_failed');
    const lane = open();
    for (let failure = 0; failure < 3; failure += 1) await run(lane);
    runner.set({ adapter: { ...CARD, description: 'Acme Two' } });
    expect(lane.status).toMatchObject({ engine: 'webgpu', quarantinedSinceMs: null });
  });
});

describe('the choice of an engine', () => {
  it('falls on a real adapter, and on the processor beside a software one or none', () => {
    const lane = open();
    expect(lane.status).toMatchObject({ engine: 'webgpu', engineReason: 'real_adapter' });
    runner.set({ adapter: { ...CARD, software: true } });
    expect(lane.status).toMatchObject({ engine: 'cpu', engineReason: 'software_adapter' });
    runner.set({ adapter: null });
    expect(lane.status).toMatchObject({ engine: 'cpu', engineReason: 'no_adapter' });
  });

  it('follows the settings, and refuses an adapter that is not there', async () => {
    runner.set({ adapter: null });
    const lane = open({ engine: 'webgpu' });
    expect(lane.status).toMatchObject({ engine: null, engineReason: 'setting_webgpu' });
    await expect(run(lane)).rejects.toMatchObject({ code: 'gpu_unavailable', retryable: false });
    await expect(lane.measure(new AbortController().signal)).rejects.toMatchObject({
      code: 'gpu_unavailable',
    });
    lane.configure({ ...DEFAULT_SETTINGS, engine: 'cpu' });
    await expect(run(lane)).resolves.toMatchObject({ engine: 'cpu' });
  });

  it('says of an adapter that was there that it is looked for', async () => {
    const lane = open({ engine: 'webgpu' });
    await run(lane);
    runner.set({ adapter: null });
    await expect(run(lane)).rejects.toMatchObject({ code: 'gpu_lost', retryable: true });
  });

  it('hands the pace on at once', () => {
    const lane = open();
    lane.configure({ ...DEFAULT_SETTINGS, dutyPercent: 40, slices: 'full', cpuThreads: 3 });
    expect(runner.pace).toEqual({ dutyPercent: 40, sliceMs: 24, threads: 3 });
  });
});

describe('what is recomputed for an audit', () => {
  const IDLE = new AbortController().signal;

  it('is digests of rows, by the processor whatever engine computes', async () => {
    const rows = open().recomputeRows({ ...SQUARE, rows: [3, 5] }, IDLE);
    expect(await rows).toEqual([DIGEST, DIGEST]);
    expect(runner.jobs.map(({ kind }) => kind)).toEqual(['rows']);
  });

  it('waits for a compute process that is being started', async () => {
    runner.set({ state: 'failed', adapter: null });
    const rows = open().recomputeRows({ ...SQUARE, rows: [3] }, IDLE);
    expect(runner.jobs).toEqual([]);
    runner.set({ state: 'ready' });
    expect(await rows).toHaveLength(1);
  });

  it('is a task on the processor, and its failure is held against no engine', async () => {
    const lane = open();
    failing('self_check_failed', 'cpu');
    const task = taskOf(64);
    await expect(lane.recompute(task, IDLE)).rejects.toMatchObject({ code: 'self_check_failed' });
    expect(runner.engines).toEqual(['cpu']);
    expect(lane.status).toMatchObject({ lastFailure: null, selfChecksFailed: 0, selfCheckFailures: [] });
  });

  it('is not begun once it is no longer wanted', async () => {
    const unwanted = AbortSignal.abort(new AppError('cancelled', 'cancelled'));
    const rows = open().recomputeRows({ ...SQUARE, rows: [3] }, unwanted);
    await expect(rows).rejects.toMatchObject({ code: 'cancelled' });
    expect(runner.jobs).toEqual([]);
  });
});

describe('the work of a lane', () => {
  it('is told as it ends, well or not, with its speed where it is its own', async () => {
    const told: Worked[] = [];
    const stop = meter.onWorked((worked) => told.push(worked));
    const lane = open({ engine: 'cpu' });
    await run(lane, 64);
    await lane.recompute(taskOf(64), new AbortController().signal);
    failing('self_check_failed', 'cpu');
    await expect(run(lane, 64)).rejects.toThrow();
    expect(told.slice(0, 2)).toEqual([
      { ...TOOK, product: { operations: 2 * 64 ** 3, ms: 1 } },
      { ...TOOK, product: null },
    ]);
    expect(told.slice(2).every(({ product, busyMs }) => product === null && busyMs === 4)).toBe(true);
    expect(told.length).toBeGreaterThan(2);
    expect(meter.underWaySinceMs).toBeNull();
    stop();
  });
});

describe('identical cards', () => {
  const openSecond = () =>
    new Lane({
      id: 'lane-1',
      ordinal: 1,
      runner,
      choices: new KernelChoices(database),
      quarantine: new Quarantine(database),
      driver: 'acme 1.0',
      appVersion: '1.0.0',
      now: () => now,
      meter,
      log: () => undefined,
    });

  it('are told apart: what one did wrong, and its kernels, are not held against the other', async () => {
    const lane = open();
    failing('self_check_failed');
    for (let task = 0; task < 3; task += 1) await run(lane);
    expect(lane.status.quarantinedSinceMs).not.toBeNull();
    const second = openSecond();
    second.configure({ ...DEFAULT_SETTINGS, engine: 'auto' });
    expect(second.status).toMatchObject({ quarantinedSinceMs: null, kernels: [], engine: 'webgpu' });
  });
});
