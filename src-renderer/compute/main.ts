import type { ComputeApi } from '../../src-shared/ipc/compute-api';
import type { FromWorker, ToWorker } from './messages';

declare global {
  interface Window {
    readonly computeHost: ComputeApi;
  }
}

// The page only passes messages on: the work runs in a worker, where no timer is throttled and nothing is drawn.
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const host = window.computeHost;
const tell = (message: ToWorker) => worker.postMessage(message);

worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
  if (data.kind === 'ready')
    void host.ready({ ...data.info, crossOriginIsolated: window.crossOriginIsolated });
  else if (data.kind === 'progress') void host.progress(data.runId, data.done);
  else void host.done(data.message);
});
host.onRun((request) => tell({ kind: 'run', request }));
host.onCancel((runId) => tell({ kind: 'cancel', runId }));
host.onPace((pace) => tell({ kind: 'pace', pace }));
