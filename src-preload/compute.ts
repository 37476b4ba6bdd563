import { contextBridge } from 'electron';
import type { ComputeApi } from '../src-shared/ipc/compute-api';
import { call, listen } from './bridge';

const api: ComputeApi = {
  onRun: (listener) => void listen('compute:run', listener),
  onCancel: (listener) => void listen('compute:cancel', listener),
  onPace: (listener) => void listen('compute:pace', listener),
  ready: async (info) => void (await call('compute:ready', info)),
  progress: async (runId, done) => void (await call('compute:progress', { runId, done })),
  done: async (message) => void (await call('compute:done', message)),
};

contextBridge.exposeInMainWorld('computeHost', api);
