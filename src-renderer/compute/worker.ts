/// <reference lib="webworker" />
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { ComputeRequest } from '../../src-shared/ipc/compute';
import { CpuEngine } from './cpu-engine';
import type { FromWorker, ToWorker } from './messages';
import { runTask } from './run-task';
import type { TaskEngine } from './task-engine';
import { WebGpuEngine } from './webgpu/webgpu-engine';

// Screens show progress; more often than this is waste.
const PROGRESS_EVERY_MS = 200;

const tell = (message: FromWorker) => postMessage(message);
const cpu = CpuEngine.open();
const runs = new Map<number, AbortController>();
let gpu: WebGpuEngine | null = null;

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'run') void run(data.request);
  else runs.get(data.runId)?.abort(cancelled());
});
void openGpu();

async function openGpu(): Promise<void> {
  try {
    gpu = await WebGpuEngine.open(() => void openGpu());
    tell({ kind: 'ready', info: { adapter: gpu?.adapter ?? null, adapterError: null } });
  } catch (error) {
    gpu = null;
    tell({ kind: 'ready', info: { adapter: null, adapterError: toErrorReport(error) } });
  }
}

async function run(request: ComputeRequest): Promise<void> {
  const { runId } = request;
  const abort = new AbortController();
  runs.set(runId, abort);
  let toldAt = 0;
  const onProgress = (done: number) => {
    if (performance.now() - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = performance.now();
    tell({ kind: 'progress', runId, done });
  };
  try {
    const engine = engineFor(request, await cpu);
    const value = await runTask(request, engine, { signal: abort.signal, onProgress });
    tell({ kind: 'done', message: { runId, result: { ok: true, value } } });
  } catch (error) {
    tell({ kind: 'done', message: { runId, result: { ok: false, error: toErrorReport(error) } } });
  } finally {
    runs.delete(runId);
  }
}

function engineFor({ engine }: ComputeRequest, processor: CpuEngine): TaskEngine {
  if (engine === 'cpu') return processor;
  if (gpu !== null) return processor.withProduct(gpu);
  throw new AppError('gpu_unavailable', 'There is no graphics adapter any more.', {
    remedy: 'wait',
    retryable: true,
  });
}

function cancelled(): AppError {
  return new AppError('compute_cancelled', 'The computation was cancelled.');
}
