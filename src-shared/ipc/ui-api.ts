import type { AuditMode, AuditReport, BlockQuery, BlockReport } from './block-report';
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
  copyText(text: string): Answer<void>;
  updateSettings(change: Partial<Settings>): Answer<void>;
  testNode(url: string): Answer<Response<'node:test'>>;
  acceptChain(): Answer<void>;
  createKey(): Answer<{ address: string }>;
  importKey(privateKey: string): Answer<{ address: string }>;
  startMining(): Answer<void>;
  stopMining(): Answer<void>;
  pauseMining(preset: '15m' | '1h' | 'tomorrow' | 'manual'): Answer<void>;
  resumeMining(): Answer<void>;
  retryNow(): Answer<void>;
  measureKernels(): Answer<void>;
  releaseAdapter(): Answer<void>;
  topUp(): Answer<void>;
  restartDevnet(): Answer<void>;
  listTasks(query: TaskQuery): Answer<Response<'tasks:list'>>;
  getTrail(taskId: string): Answer<TaskTrail>;
  lookUpBlock(query: BlockQuery): Answer<BlockReport>;
  auditResult(height: number, txHash: string, mode: AuditMode): Answer<AuditReport>;
  /** Ends the audit that is under way, if any. */
  cancelAudit(): Answer<void>;
};
