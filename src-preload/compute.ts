import { contextBridge } from 'electron';
import type { ComputeApi } from '../src-shared/ipc/compute-api';
import { PUSH } from '../src-shared/ipc/push';
import { call, listen } from './bridge';

const api: ComputeApi = {
  onRun: (listener) => void listen(PUSH.computeRun, listener),
  onCancel: (listener) => void listen(PUSH.computeCancel, listener),
  onPace: (listener) => void listen(PUSH.computePace, listener),
  ready: async (info) => void (await call('compute:ready', info)),
  progress: async (runId, done) => void (await call('compute:progress', { runId, done })),
  done: async (message) => void (await call('compute:done', message)),
};

contextBridge.exposeInMainWorld('computeHost', api);
