import { contextBridge } from 'electron';
import type { UiApi } from '../src-shared/ipc/ui-api';
import { call, listen } from './bridge';

const api: UiApi = {
  getState: () => call('state:get', undefined),
  onStateChanged: (listener) => listen('state:changed', listener),
  cancelRequest: (requestId) => call('request:cancel', { requestId }),
  copyText: (text) => call('app:copyText', { text }),
  quit: () => call('app:quit', undefined),
  zoom: (zoom) => call('app:zoom', { zoom }),
  updateSettings: (change) => call('settings:update', change),
  testNode: (url, requestId) => call('node:test', { url }, requestId),
  acceptChain: () => call('node:acceptChain', undefined),
  createKey: () => call('key:create', undefined),
  replaceKey: (lost) => call('key:replace', { lost }),
  importKey: (privateKey) => call('key:import', { privateKey }),
  restoreKey: (backup, passphrase) => call('key:restore', { backup, passphrase }),
  backUpKey: (passphrase) => call('key:backUp', { passphrase }),
  keepToken: (validator, token) => call('validator:keepToken', { validator, token }),
  forgetToken: (validator) => call('validator:forgetToken', { validator }),
  createTask: (task) => call('market:create', task),
  startMining: () => call('miner:start', undefined),
  stopMining: () => call('miner:stop', undefined),
  finishMining: () => call('miner:finish', undefined),
  runningApps: () => call('machine:apps', undefined),
  readSensors: () => call('machine:sensors', undefined),
  pauseMining: (preset) => call('miner:pause', { preset }),
  resumeMining: () => call('miner:resume', undefined),
  retryNow: () => call('miner:retry', undefined),
  measureKernels: (lane, requestId) => call('graphics:measure', { lane }, requestId),
  releaseAdapter: (lane) => call('graphics:release', { lane }),
  topUp: () => call('faucet:topUp', undefined),
  restartDevnet: () => call('devnet:restart', undefined),
  listTasks: (query) => call('tasks:list', query),
  getTrail: (taskId) => call('tasks:trail', { taskId }),
  saveReceipt: (taskId) => call('tasks:saveReceipt', { taskId }),
  lookUpBlock: (query, requestId) => call('blocks:lookup', query, requestId),
  auditResult: (height, txHash, mode, requestId) =>
    call('results:audit', { height, txHash, mode }, requestId),
};

contextBridge.exposeInMainWorld('miner', api);
