/// <reference lib="webworker" />
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { ComputeDone, FromCompute, Job, JobTime, ToCompute } from '../../src-shared/ipc/compute';
import { CpuEngine } from './cpu-engine';
import { Graphics } from './graphics';
import { Pacer } from './pacer';
import { recomputeRows, runTask } from './run-task';
import type { TaskOptions } from './task-engine';

// Screens show progress; more often than this is waste.
const PROGRESS_EVERY_MS = 200;
// After so long without a task the memory of the last one is given back, the graphics card's and this process's: it may
// be gigabytes, which a game may want.
const IDLE_MS = 60_000;

type Engines = { readonly processor: CpuEngine; readonly graphics: Graphics };

const pacer = new Pacer();
const runs = new Map<number, AbortController>();
let last: Promise<unknown> = Promise.resolve();
let idle: ReturnType<typeof setTimeout> | undefined;

// The one message of the page: it brings the port to main.
addEventListener('message', ({ ports: [port] }: MessageEvent) => port && serve(port), { once: true });

function serve(port: MessagePort): void {
  // Nothing is transferred: a buffer that is does not arrive in Electron's main process.
  const tell = (message: FromCompute) => port.postMessage(message);
  const engines = open(tell);
  port.onmessage = ({ data }: MessageEvent<ToCompute>) => {
    if (data.kind === 'run') void run(data, engines, tell);
    else if (data.kind === 'pace') pacer.set(data.pace);
    else if (data.kind === 'look') void engines.then(({ graphics }) => graphics.open());
    else runs.get(data.runId)?.abort(cancelled());
  };
}

async function open(tell: (message: FromCompute) => void): Promise<Engines> {
  const processor = await CpuEngine.open({ pacer });
  const graphics = new Graphics(processor, pacer, ({ adapter, error }) =>
    tell({ kind: 'ready', adapter, adapterError: error }),
  );
  await graphics.open();
  return { processor, graphics };
}

async function run(
  { runId, job }: Extract<ToCompute, { kind: 'run' }>,
  engines: Promise<Engines>,
  tell: (message: FromCompute) => void,
): Promise<void> {
  const abort = new AbortController();
  runs.set(runId, abort);
  let toldAt = 0;
  const onProgress = (done: number) => {
    if (performance.now() - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = performance.now();
    tell({ kind: 'progress', runId, done });
  };
  let took: JobTime = { elapsedMs: 0, busyMs: 0 };
  const answer = (result: ComputeDone['result']) => tell({ kind: 'done', runId, took, result });
  try {
    const options = { signal: abort.signal, onProgress };
    const value = await inTurn(async () => {
      const ready = await engines;
      const timed = timing();
      return work(job, ready, options).finally(() => {
        took = timed();
      });
    });
    answer({ ok: true, value });
  } catch (error) {
    answer({ ok: false, error: toErrorReport(error) });
  } finally {
    runs.delete(runId);
  }
}

/** @returns what gives the time since then, and how much of it was not rested */
function timing(): () => JobTime {
  const startedAt = performance.now();
  const restedBefore = pacer.restedMs;
  return () => {
    const elapsedMs = performance.now() - startedAt;
    return { elapsedMs, busyMs: Math.max(0, elapsedMs - (pacer.restedMs - restedBefore)) };
  };
}

type Answer = Extract<ComputeDone['result'], { ok: true }>['value'];

/** One job at a time, in the order in which they came: the engines have one memory each. */
function inTurn<T>(job: () => Promise<T>): Promise<T> {
  const turn = last.then(job);
  last = turn.catch(() => undefined);
  return turn;
}

async function work(job: Job, engines: Engines, options: TaskOptions): Promise<Answer> {
  options.signal.throwIfAborted();
  clearTimeout(idle);
  try {
    return await workOn(job, engines, options);
  } finally {
    idle = setTimeout(() => {
      engines.graphics.release();
      engines.processor.close();
    }, IDLE_MS);
  }
}

async function workOn(job: Job, { processor, graphics }: Engines, options: TaskOptions): Promise<Answer> {
  if (job.kind === 'measure') {
    return { kind: 'measure', ...(await graphics.measure(job.sizeClass, options)) };
  }
  if (job.kind === 'rows') return recomputeRows(job, processor, options);
  if (job.method.engine === 'webgpu') {
    // Where C is wanted, or hashed as a whole, it has to come back anyway.
    const wholeTask = job.method.wholeTask && !job.wantsProduct && job.commitment === 'merkle';
    return runTask(job, graphics.engine({ ...job.method, wholeTask }), options);
  }
  graphics.release();
  return runTask(job, processor, options);
}

function cancelled(): AppError {
  return new AppError('compute_cancelled', 'The computation was cancelled.');
}
