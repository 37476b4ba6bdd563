import type { Address } from '../../src-shared/chain/address';
import { lasts } from '../../src-shared/error-codes';
import { AppError, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/settings/settings';
import { BackOff } from '../async/back-off';
import type { Clock } from '../clock/clock';
import { allowedNodeUrl } from './allowed-node-url';
import type { NodeSession } from './node-session';

/** The development network built into the app, as the miner needs it. */
export type BuiltInNode = {
  /** Its URL once it runs. @throws AppError `port_in_use`, `internal` */
  start(): Promise<string>;
  /** Ends it; the next `start` runs it anew. */
  stop(): Promise<void>;
};

type Parts = {
  readonly settings: () => Pick<Settings, 'nodeUrl' | 'insecureNodeUrl'>;
  readonly builtIn: BuiltInNode;
  /** Makes a session, not yet started. @param name what the binding of its chain is kept under */
  readonly openSession: (name: string, url: string) => NodeSession;
  readonly clock: Clock;
  readonly random: () => number;
  /** Told when there is another session, or none. */
  readonly onChange: () => void;
};

/** Why there is no node, and when it is tried again; null where only a person can help. */
export type NodeFailure = { readonly error: ErrorReport; readonly retryAtMs: number | null };

/** What the binding of the built-in network is kept under: its port may change, its chain may not. */
const BUILT_IN = 'built-in';
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 5 * 60_000;
// A network that ran for so long is not one that can't run.
const RAN_WELL_MS = 60_000;

/** The one node the miner talks to, as the settings say: connected, lost, connected anew. */
export class NodeConnection {
  readonly #parts: Parts;
  #session: NodeSession | null = null;
  #failure: NodeFailure | null = null;
  readonly #backOff: BackOff;
  #connectedMs = 0;
  #cancelRetry: () => void = () => undefined;
  #closed = false;
  /** Counts the connections asked for: only the newest may come about. */
  #turn = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#backOff = new BackOff(FIRST_RETRY_MS, LAST_RETRY_MS, parts.random);
  }

  get session(): NodeSession | null {
    return this.#session;
  }

  /** Whether the node in use is the development network in the app. */
  get isBuiltIn(): boolean {
    return this.#parts.settings().nodeUrl === null;
  }

  /** Why there is no node to talk to at present; null where there is one. */
  get failure(): NodeFailure | null {
    return this.#failure;
  }

  /** The session. @throws AppError `node_unreachable` where there is none yet */
  get required(): NodeSession {
    if (this.#session !== null) return this.#session;
    throw new AppError('node_unreachable', 'There is no node to talk to yet.', {
      remedy: 'restart_node',
      retryable: true,
      params: { url: this.#parts.settings().nodeUrl ?? BUILT_IN, detail: 'not connected' },
    });
  }

  /** Ends the session, if any, and begins one with the node of the settings; a failure is kept, not thrown. */
  async connect(): Promise<void> {
    const { settings, builtIn, openSession } = this.#parts;
    this.#end();
    const { nodeUrl } = settings();
    const turn = this.#turn;
    const isOver = () => this.#closed || turn !== this.#turn;
    try {
      const url = nodeUrl === null ? await builtIn.start() : allowedNodeUrl(nodeUrl, settings());
      if (isOver()) return;
      this.#session = openSession(nodeUrl ?? BUILT_IN, url);
      this.#session.start();
      this.#connectedMs = this.#parts.clock.monotonic();
      this.#parts.onChange();
    } catch (error) {
      if (!isOver()) this.#fail(error);
    }
  }

  /** Looks at the node now rather than when it is due: a person asks for it. */
  async retry(): Promise<void> {
    this.#backOff.reset();
    if (this.#session === null) await this.connect();
    else this.#session.retry();
  }

  /** @throws AppError `key_missing`, `faucet_unavailable`, `node_*`, `tx_*` */
  async topUp(address: Address | null): Promise<void> {
    if (address !== null) return this.required.faucet.topUp(address);
    throw new AppError('key_missing', 'There is no key to top up yet.', { remedy: 'import_key' });
  }

  /** Starts the built-in network anew, and connects to it where it is the one in use. */
  async restartBuiltIn(): Promise<void> {
    await this.#parts.builtIn.stop();
    if (this.#parts.settings().nodeUrl === null) await this.connect();
  }

  /** The built-in network ended by itself: it is started again after a moment. */
  builtInEnded(error: AppError): void {
    if (this.#parts.settings().nodeUrl !== null || this.#closed) return;
    const ranMs = this.#session === null ? 0 : this.#parts.clock.monotonic() - this.#connectedMs;
    if (ranMs >= RAN_WELL_MS) this.#backOff.reset();
    this.#end();
    this.#fail(error);
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
    this.#session?.close();
  }

  #end(): void {
    this.#turn += 1;
    this.#cancelRetry();
    this.#session?.close();
    this.#session = null;
    this.#failure = null;
    this.#parts.onChange();
  }

  /** Tries again after a while, a longer one each time; not where it can't get better by itself. */
  #fail(error: unknown): void {
    const { clock, onChange } = this.#parts;
    const report = toErrorReport(error);
    if (lasts(report.code)) this.#failure = { error: report, retryAtMs: null };
    else {
      const waitMs = this.#backOff.next();
      this.#failure = { error: report, retryAtMs: Math.round(clock.now() + waitMs) };
      this.#cancelRetry = clock.after(waitMs, () => void this.connect());
    }
    onChange();
  }
}
