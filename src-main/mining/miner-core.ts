import type { Address } from '../../src-shared/chain/address';
import { AppError, type ErrorReport } from '../../src-shared/errors';
import type { MinerState, PauseReason, Settings } from '../../src-shared/ipc/snapshot';
import { Listeners } from '../async/listeners';
import type { Clock } from '../clock/clock';
import { WallJumps } from '../clock/wall-jumps';
import type { Account } from '../keys/account';
import type { Chapters } from '../storage/chapters';
import type { SettingsStore } from '../storage/settings-store';
import { type CeilingReached, FeeCeiling } from '../submissions/fee-ceiling';
import type { Journal } from '../submissions/journal';
import type { TaskRecord } from '../submissions/task-record';
import { allowedNodeUrl } from './allowed-node-url';
import type { ComputeBackend } from './compute-backend';
import { Miner } from './miner';
import { changesInMs, judge, type MinerFacts, withSince } from './miner-state';
import { type BuiltInNode, NodeConnection } from './node-connection';
import { NodeSession } from './node-session';
import { type PausePreset, Pauses, pauseEnd } from './pauses';

type Parts = {
  readonly settings: SettingsStore;
  readonly chapters: Chapters;
  readonly journal: Journal;
  readonly account: Account;
  readonly compute: ComputeBackend;
  readonly builtIn: BuiltInNode;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
};

const RUNNING = 'miner.running';
const RECENT_LEAST_MS = 30_000;
const RECENT_BLOCKS = 6;
const SHORTEST_WAIT_MS = 50;
// What ends at a wall time ends with it also where the clock is set meanwhile.
const LONGEST_WAIT_MS = 60_000;

/** The whole miner without any window: settings, one node at a time, account, tasks. Knows nothing of Electron. */
export class MinerCore {
  readonly miner: Miner;
  readonly pauses: Pauses;
  readonly #jumps: WallJumps;
  readonly #ceiling: FeeCeiling;
  readonly #node: NodeConnection;
  readonly #parts: Parts;
  readonly #changes: Listeners<void>;
  #lastAccepted: { readonly atMs: number; readonly monotonicMs: number } | null = null;
  #state: MinerState;
  #callOff: () => void = () => undefined;
  #closed = false;
  #telling = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#changes = new Listeners(parts.onError);
    parts.compute.configure(this.settings);
    const { clock } = parts;
    this.pauses = new Pauses(clock);
    this.#jumps = new WallJumps(clock);
    this.#jumps.onJump((byMs) => {
      parts.onError(new Error(`The clock was set by ${Math.round(byMs)} ms, or the machine slept.`));
      this.#changed();
    });
    this.#state = { kind: 'idle', sinceMs: clock.now() };
    this.#ceiling = new FeeCeiling(parts.journal, () => this.#ceilingUnits, clock, this.#jumps);
    this.#node = new NodeConnection({
      ...parts,
      settings: () => this.settings,
      openSession: (name, url) => this.#openSession(name, url),
    });
    this.miner = new Miner({
      ...parts,
      ceiling: this.#ceiling,
      pauses: this.pauses,
      settings: () => this.settings,
      session: () => this.#node.session,
      onChange: () => this.#changed(),
    });
    parts.compute.onChange(() => this.#changed());
    parts.journal.onChange((task) => this.#taskChanged(task));
  }

  get settings(): Settings {
    return this.#parts.settings.current;
  }

  get session(): NodeSession | null {
    return this.#node.session;
  }

  /** Why there is no node to talk to at present, or null. */
  get sessionError(): ErrorReport | null {
    return this.#node.failure?.error ?? null;
  }

  get account(): Account {
    return this.#parts.account;
  }

  get journal(): Journal {
    return this.#parts.journal;
  }

  get compute(): ComputeBackend {
    return this.#parts.compute;
  }

  get state(): MinerState {
    return this.#state;
  }

  /** Calls back after each change of anything a screen shows; returns the function that stops it. */
  onChange(listener: () => void): () => void {
    return this.#changes.add(listener);
  }

  /** Looks for the key and connects to the node. */
  async open(): Promise<void> {
    await this.#parts.account.load();
    await this.#connect();
    this.#changed();
  }

  close(): void {
    this.#closed = true;
    this.miner.stop();
    this.#node.close();
    this.#callOff();
  }

  /** Keeps and applies what a person changed. @throws AppError `invalid_node_url`, `insecure_node_url`, `disk_full` */
  async updateSettings(change: Partial<Settings>): Promise<void> {
    const settled = { ...change };
    if (typeof change.nodeUrl === 'string') {
      settled.nodeUrl = allowedNodeUrl(change.nodeUrl, { ...this.settings, ...change });
    }
    const { nodeUrl } = this.settings;
    this.#parts.settings.save(settled);
    const moved = nodeUrl !== this.settings.nodeUrl;
    this.#parts.compute.configure(this.settings);
    if (moved) await this.#connect();
    this.#changed();
  }

  /** @throws AppError `key_exists`, `keychain_*` */
  async createKey(): Promise<Address> {
    const address = await this.#parts.account.create();
    this.#accountChanged();
    return address;
  }

  /** @throws AppError `invalid_private_key`, `key_exists`, `keychain_*` */
  async importKey(privateKey: string): Promise<Address> {
    const address = await this.#parts.account.import(privateKey);
    this.#accountChanged();
    return address;
  }

  /** Whether mining was on when the app last ran. */
  get wasRunning(): boolean {
    return this.#parts.settings.get(RUNNING) === true;
  }

  start(): void {
    this.#parts.settings.set(RUNNING, true);
    this.miner.start();
    this.#changed();
  }

  stop(): void {
    this.#parts.settings.set(RUNNING, false);
    this.miner.stop();
    this.#changed();
  }

  pause(preset: PausePreset): void {
    this.pauses.set('manual', pauseEnd(preset, this.#parts.clock.now()));
    this.miner.drop();
    this.#changed();
  }

  resume(): void {
    this.pauses.clear('manual');
    this.#changed();
  }

  /** Holds the miner for a reason of the machine's, until `release`. */
  hold(reason: Exclude<PauseReason, 'manual'>): void {
    this.pauses.set(reason, null);
    this.miner.drop();
    this.#changed();
  }

  release(reason: Exclude<PauseReason, 'manual'>): void {
    this.pauses.clear(reason);
    this.#node.session?.retry();
    this.#changed();
  }

  /** Tries at once what is waiting for its next try: the keychain, the node. */
  async retry(): Promise<void> {
    if (this.#parts.account.state.state !== 'ready') await this.#parts.account.load();
    if (this.#node.session === null) await this.#connect();
    else this.#node.session.retry();
    this.#changed();
  }

  /** @throws AppError `key_missing`, `faucet_unavailable`, `node_*`, `tx_*` */
  async topUp(): Promise<void> {
    const { address } = this.#parts.account.state;
    if (address === null)
      throw new AppError('key_missing', 'There is no key to top up yet.', { remedy: 'import_key' });
    await this.#node.required.topUp(address);
  }

  acceptChain(): void {
    this.#node.required.acceptChain();
  }

  /** Starts the built-in network anew, because a person asks for it. */
  async restartBuiltIn(): Promise<void> {
    this.miner.drop();
    await this.#node.restartBuiltIn();
    this.#changed();
  }

  /** The built-in network ended by itself: it is started again after a moment. */
  builtInEnded(error: AppError): void {
    this.#node.builtInEnded(error);
    this.#changed();
  }

  async #connect(): Promise<void> {
    this.miner.drop();
    await this.#node.connect();
  }

  #openSession(name: string, url: string): NodeSession {
    return new NodeSession({
      ...this.#parts,
      ceiling: this.#ceiling,
      jumps: this.#jumps,
      name,
      url,
      onChange: () => this.#changed(),
      onTip: () => this.miner.tick(),
    });
  }

  #accountChanged(): void {
    this.#node.session?.forgetBalance();
    this.#node.session?.retry();
    this.#changed();
  }

  #taskChanged(task: TaskRecord): void {
    if (task.state === 'confirmed')
      this.#lastAccepted = { atMs: task.updatedAt, monotonicMs: this.#parts.clock.monotonic() };
    this.#changed();
  }

  /** Several changes of one moment are one to those who listen. */
  #changed(): void {
    if (this.#closed || this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      if (!this.#closed) this.#settle();
    });
  }

  #settle(): void {
    this.#jumps.look();
    const facts = this.#facts();
    this.#state = withSince(this.#state, judge(facts), this.#parts.clock.now());
    this.#wakeUpIn(facts);
    this.#changes.tell();
    this.miner.tick();
  }

  #facts(): MinerFacts {
    const { account, compute, clock } = this.#parts;
    const session = this.#node.session;
    return {
      running: this.miner.running,
      pauses: this.pauses.current(),
      account: account.state,
      headError: this.#node.failure?.error ?? session?.head.error ?? null,
      retryAtMs: this.#node.failure?.retryAtMs ?? session?.head.retryAtMs ?? null,
      storageError: session?.storageError ?? null,
      submissionError: session?.submissionError ?? null,
      computeError:
        this.miner.figures.error ?? (compute.status.state === 'failed' ? compute.status.error : null),
      balance: session?.balance ?? null,
      ceiling: this.#ceilingReached(),
      resultFee: session?.resultFee ?? null,
      lastAcceptedAtMs: this.#lastAccepted?.atMs ?? null,
      sinceAcceptedMs:
        this.#lastAccepted === null ? null : clock.monotonic() - this.#lastAccepted.monotonicMs,
      recentMs: this.#recentMs(),
    };
  }

  get #ceilingUnits(): bigint | null {
    const { feeCeilingUnits } = this.settings;
    return feeCeilingUnits === null ? null : BigInt(feeCeilingUnits);
  }

  #ceilingReached(): CeilingReached | null {
    const { address } = this.#parts.account.state;
    const fee = this.#node.session?.resultFee ?? null;
    return address === null || fee === null ? null : this.#ceiling.reached(address, fee);
  }

  #recentMs(): number {
    return Math.max(RECENT_LEAST_MS, RECENT_BLOCKS * (this.#node.session?.head.blockTimeMs ?? 0));
  }

  /** Some changes come with time alone: a pause ends, an accepted result grows old, a connection is due again. */
  #wakeUpIn(facts: MinerFacts): void {
    this.#callOff();
    const { clock } = this.#parts;
    const { failure } = this.#node;
    const freeAtMs = facts.ceiling?.freeAtMs ?? null;
    const ends = [
      changesInMs(this.#state, facts, clock.now()),
      failure === null ? null : failure.retryDueMs - clock.monotonic(),
      freeAtMs === null ? null : freeAtMs - clock.now(),
    ].filter((inMs) => inMs !== null);
    if (ends.length === 0) return;
    const waitMs = Math.min(Math.max(SHORTEST_WAIT_MS, Math.min(...ends)), LONGEST_WAIT_MS);
    this.#callOff = clock.after(waitMs, () => void this.#timeUp());
  }

  async #timeUp(): Promise<void> {
    const { failure, session } = this.#node;
    if (session === null && failure !== null && failure.retryDueMs <= this.#parts.clock.monotonic())
      await this.#connect();
    this.#changed();
  }
}
