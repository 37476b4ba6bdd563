/// <reference lib="webworker" />
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { ComputeDone, ComputeRequest, Job } from '../../src-shared/ipc/compute';
import { CpuEngine } from './cpu-engine';
import { Graphics } from './graphics';
import type { FromWorker, ToWorker } from './messages';
import { Pacer } from './pacer';
import { recomputeRows, runTask } from './run-task';
import type { TaskOptions } from './task-engine';

// Screens show progress; more often than this is waste.
const PROGRESS_EVERY_MS = 200;
// After so long without a task the graphics card's memory is given back: gigabytes, which a game may want.
const IDLE_MS = 60_000;

const tell = (message: FromWorker) => postMessage(message);
const pacer = new Pacer();
const runs = new Map<number, AbortController>();
const engines = open();
let idle: ReturnType<typeof setTimeout> | undefined;

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'run') void run(data.request);
  else if (data.kind === 'pace') pacer.set(data.pace);
  else runs.get(data.runId)?.abort(cancelled());
});

async function open(): Promise<{ processor: CpuEngine; graphics: Graphics }> {
  const processor = await CpuEngine.open({ pacer });
  const graphics = new Graphics(processor, pacer, ({ adapter, error }) =>
    tell({ kind: 'ready', info: { adapter, adapterError: error } }),
  );
  await graphics.open();
  return { processor, graphics };
}

async function run({ runId, job }: ComputeRequest): Promise<void> {
  const abort = new AbortController();
  runs.set(runId, abort);
  let toldAt = 0;
  const onProgress = (done: number) => {
    if (performance.now() - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = performance.now();
    tell({ kind: 'progress', runId, done });
  };
  const answer = (result: ComputeDone['result']) => tell({ kind: 'done', message: { runId, result } });
  try {
    answer({ ok: true, value: await work(job, { signal: abort.signal, onProgress }) });
  } catch (error) {
    answer({ ok: false, error: toErrorReport(error) });
  } finally {
    runs.delete(runId);
  }
}

type Answer = Extract<ComputeDone['result'], { ok: true }>['value'];

async function work(job: Job, options: TaskOptions): Promise<Answer> {
  const { processor, graphics } = await engines;
  clearTimeout(idle);
  try {
    return await workOn(job, processor, graphics, options);
  } finally {
    idle = setTimeout(() => graphics.release(), IDLE_MS);
  }
}

async function workOn(
  job: Job,
  processor: CpuEngine,
  graphics: Graphics,
  options: TaskOptions,
): Promise<Answer> {
  if (job.kind === 'measure') {
    return { kind: 'measure', measured: await graphics.measure(job.sizeClass, options) };
  }
  if (job.kind === 'rows') return recomputeRows(job, processor, options);
  if (job.method.engine === 'webgpu') return runTask(job, graphics.engine(job.method), options);
  graphics.release();
  return runTask(job, processor, options);
}

function cancelled(): AppError {
  return new AppError('compute_cancelled', 'The computation was cancelled.');
}
