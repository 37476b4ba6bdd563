import { contextBridge } from 'electron';
import { PUSH } from '../src-shared/ipc/push';
import type { UiApi } from '../src-shared/ipc/ui-api';
import { call, listen } from './bridge';

const api: UiApi = {
  getSnapshot: () => call('app:snapshot', undefined),
  onSnapshot: (listener) => listen(PUSH.snapshot, listener),
  copyText: (text) => call('app:copyText', { text }),
  updateSettings: (change) => call('settings:update', change),
  testNode: (url) => call('node:test', { url }),
  acceptChain: () => call('node:acceptChain', undefined),
  createKey: () => call('key:create', undefined),
  importKey: (privateKey) => call('key:import', { privateKey }),
  startMining: () => call('miner:start', undefined),
  stopMining: () => call('miner:stop', undefined),
  pauseMining: (preset) => call('miner:pause', { preset }),
  resumeMining: () => call('miner:resume', undefined),
  retryNow: () => call('miner:retry', undefined),
  measureKernels: () => call('graphics:measure', undefined),
  releaseAdapter: () => call('graphics:release', undefined),
  topUp: () => call('faucet:topUp', undefined),
  restartDevnet: () => call('devnet:restart', undefined),
  listTasks: (query) => call('tasks:list', query),
  getTrail: (taskId) => call('tasks:trail', { taskId }),
  lookUpBlock: (query) => call('blocks:lookup', query),
  auditResult: (height, txHash, mode) => call('results:audit', { height, txHash, mode }),
  cancelAudit: () => call('results:cancelAudit', undefined),
};

contextBridge.exposeInMainWorld('miner', api);
