import type { AuditReport, BlockQuery, BlockReport } from './block-report';
import type { Response, TaskQuery } from './contract';
import type { Envelope } from './envelope';
import type { Settings, Snapshot } from './snapshot';
import type { TaskTrail } from './task-row';

type Answer<T> = Promise<Envelope<T>>;

/** What the ui preload puts on `window.miner`: named functions only, each one channel of the contract. */
export type UiApi = {
  getSnapshot(): Answer<Snapshot>;
  /** Calls back with every newer snapshot; returns the function that stops it. */
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
  copyText(text: string): Answer<undefined>;
  updateSettings(change: Partial<Settings>): Answer<undefined>;
  testNode(url: string): Answer<Response<'node:test'>>;
  acceptChain(): Answer<undefined>;
  createKey(): Answer<{ address: string }>;
  importKey(privateKey: string): Answer<{ address: string }>;
  startMining(): Answer<undefined>;
  stopMining(): Answer<undefined>;
  pauseMining(preset: '15m' | '1h' | 'tomorrow' | 'manual'): Answer<undefined>;
  resumeMining(): Answer<undefined>;
  retryNow(): Answer<undefined>;
  topUp(): Answer<undefined>;
  restartDevnet(): Answer<undefined>;
  listTasks(query: TaskQuery): Answer<Response<'tasks:list'>>;
  getTrail(taskId: string): Answer<TaskTrail>;
  lookUpBlock(query: BlockQuery): Answer<BlockReport>;
  auditResult(height: number, txHash: string): Answer<AuditReport>;
};
