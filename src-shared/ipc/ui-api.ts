import type { DoctorCheck, DoctorReport } from '../doctor/report';
import type { Results } from '../history/day-results';
import type { Series, SpanName } from '../history/series';
import type { NewTask } from '../jobs/market';
import type { PausePreset } from '../mining/pause';
import type { Settings } from '../settings/settings';
import type { FullState, StatePush } from '../state/state';
import type { AccountReport } from '../wallet/activity';
import type { Order, OrderRequest, ReviewedOrder, SentOrder } from '../wallet/order';
import type { AuditMode, AuditReport, BlockQuery, BlockReport } from './block-report';
import type { Request, Response, TaskQuery } from './contract';
import type { Envelope } from './envelope';
import type { TaskTrail } from './task-row';

type Answer<T> = Promise<Envelope<T>>;

/**
 * What the ui preload puts on `window.miner`: named functions only, each one channel of the contract. Whatever may take
 * long takes a `requestId` of the caller's making, with which `cancelRequest` ends it: then it answers `cancelled`.
 */
export type UiApi = {
  getState(): Answer<FullState>;
  /** Calls back with the slices that changed; returns the function that stops it. */
  onStateChanged(listener: (push: StatePush) => void): () => void;
  /** Ends a request of this window that is under way. */
  cancelRequest(requestId: string): Answer<void>;
  copyText(text: string): Answer<void>;
  /** Copies what nobody else should read: it is taken off the clipboard again after a minute. */
  copySecret(text: string): Answer<void>;
  /** The window shows the task that a link asked for. */
  linkOpened(): Answer<void>;
  readLicences(): Answer<Response<'app:licences'>>;
  /** Ends the app, mining included. */
  quit(): Answer<void>;
  /** Makes everything in the window larger or smaller, or as it was at first. */
  zoom(zoom: Request<'app:zoom'>['zoom']): Answer<void>;
  /** Looks for a newer version of the app now; what is found is in the state. */
  lookForUpdate(): Answer<void>;
  downloadUpdate(): Answer<void>;
  /** Starts the new version in this one's place once what is in hand is done. */
  installUpdate(): Answer<void>;
  /** Leaves the person alone with it for a day. */
  postponeUpdate(): Answer<void>;
  updateSettings(change: Partial<Settings>): Answer<void>;
  testNode(url: string, requestId?: string): Answer<Response<'node:test'>>;
  acceptChain(): Answer<void>;
  /** A new key: the profile's first, or one beside those that it has. @param name may be empty */
  createKey(name?: string): Answer<{ address: string }>;
  /** A new key in the place of one that is lost. @param lost the address that is given up; null where that is damaged */
  replaceKey(lost: string | null): Answer<{ address: string }>;
  importKey(privateKey: string, name?: string): Answer<{ address: string }>;
  /** @param backup what the file holds */
  restoreKey(backup: string, passphrase: string, name?: string): Answer<{ address: string }>;
  /** Has the person choose where the sealed key is kept. */
  backUpKey(address: string, passphrase: string): Answer<{ path: string | null }>;
  /** Opens a backup, to see that it is one of this key. */
  checkBackup(address: string, backup: string, passphrase: string): Answer<void>;
  /** Takes the private key as it was written down, to see that it is the one of this address. */
  checkWrittenKey(address: string, privateKey: string): Answer<void>;
  /** The private key itself, for the person to write down. */
  revealKey(address: string): Answer<{ privateKey: string }>;
  /** Key files of the chain's command line on this machine, without the keys. */
  findKeyFiles(): Answer<Response<'key:findFiles'>>;
  /** @param name of one of those */
  importKeyFile(name: string): Answer<{ address: string }>;
  renameKey(address: string, name: string): Answer<void>;
  /** Mines, pays and is paid with another of the profile's keys from now on. */
  switchKey(address: string): Answer<void>;
  /** Lets go of a key for good. */
  forgetKey(address: string): Answer<void>;
  getAccount(address: string): Answer<AccountReport>;
  /** What would be signed, to the digit, after every check that costs nothing. */
  reviewOrder(request: OrderRequest): Answer<ReviewedOrder>;
  /** Signs and sends an order that was reviewed, once. */
  sendOrder(order: Order): Answer<SentOrder>;
  /** Keeps the token that a validator wants to see, where the key is kept. @param validator its address */
  keepToken(validator: string, token: string): Answer<void>;
  forgetToken(validator: string): Answer<void>;
  /** Offers a task on the market of the built-in development network. */
  createTask(task: NewTask): Answer<{ taskId: string }>;
  startMining(): Answer<void>;
  stopMining(): Answer<void>;
  /** Does what is in hand, and is off then. */
  finishMining(): Answer<void>;
  pauseMining(preset: PausePreset): Answer<void>;
  resumeMining(): Answer<void>;
  retryNow(): Answer<void>;
  /** Names of what runs now; null where the machine does not tell. */
  runningApps(): Answer<Response<'machine:apps'>>;
  readSensors(): Answer<Response<'machine:sensors'>>;
  measureKernels(lane: string, requestId?: string): Answer<void>;
  releaseAdapter(lane: string): Answer<void>;
  topUp(): Answer<void>;
  restartDevnet(): Answer<void>;
  /** Looks at what mining needs. @param checks left out for everything */
  examine(checks?: readonly DoctorCheck[], requestId?: string): Answer<DoctorReport>;
  /** Has the person choose where a report without secrets is kept. */
  saveDoctorReport(report: DoctorReport): Answer<{ path: string | null }>;
  readLog(query: Request<'log:read'>): Answer<Response<'log:read'>>;
  /** Has the person choose where the whole log is kept. */
  saveLog(): Answer<{ path: string | null }>;
  listTasks(query: TaskQuery): Answer<Response<'tasks:list'>>;
  getTrail(taskId: string): Answer<TaskTrail>;
  /** Has the person choose where the receipt of a proved result is kept. */
  saveReceipt(taskId: string): Answer<{ path: string | null }>;
  /** What the miner did over a span that ends now. */
  getSeries(span: SpanName): Answer<Series>;
  /** Results of the last days, today's included. */
  getResults(days: number): Answer<Results>;
  /** Has the person choose where a file with the tasks of a choice is kept. */
  exportTasks(choice: Request<'tasks:export'>): Answer<Response<'tasks:export'>>;
  lookUpBlock(query: BlockQuery, requestId?: string): Answer<BlockReport>;
  auditResult(height: number, txHash: string, mode: AuditMode, requestId?: string): Answer<AuditReport>;
};
