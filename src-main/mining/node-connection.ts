import { AppError, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/ipc/snapshot';
import type { Clock } from '../clock/clock';
import { allowedNodeUrl } from './allowed-node-url';
import type { NodeSession } from './node-session';

/** The development network built into the app, as the core needs it. */
export type BuiltInNode = {
  /** Its URL once it runs. @throws AppError `port_in_use`, `internal` */
  start(): Promise<string>;
  /** Ends it; the next `start` runs it anew. */
  stop(): Promise<void>;
};

type Parts = {
  readonly settings: () => Settings;
  readonly builtIn: BuiltInNode;
  /** Makes a session, not yet started. @param name what the binding of its chain is kept under */
  readonly openSession: (name: string, url: string) => NodeSession;
  readonly clock: Clock;
};

/** Why there is no node, and when it is tried again: in wall time, and by the monotonic clock. */
type Failure = { readonly error: ErrorReport; readonly retryAtMs: number; readonly retryDueMs: number };

/** What the binding of the built-in network is kept under: its port may change, its chain may not. */
const BUILT_IN = 'built-in';
const RETRY_MS = 2000;

/** The one node the miner talks to, as the settings say: connected, lost, connected anew. */
export class NodeConnection {
  readonly #parts: Parts;
  #session: NodeSession | null = null;
  #failure: Failure | null = null;
  #closed = false;
  /** Counts the connections asked for: only the newest may come about. */
  #turn = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get session(): NodeSession | null {
    return this.#session;
  }

  /** Why there is no node to talk to at present, and when it is tried again; null where there is one. */
  get failure(): Failure | null {
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
    this.#failure = null;
    const { nodeUrl } = settings();
    const turn = this.#turn;
    const isOver = () => this.#closed || turn !== this.#turn;
    try {
      const url = nodeUrl === null ? await builtIn.start() : allowedNodeUrl(nodeUrl, settings());
      if (isOver()) return;
      this.#session = openSession(nodeUrl ?? BUILT_IN, url);
      this.#session.start();
    } catch (error) {
      if (!isOver()) this.#fail(error);
    }
  }

  /** Starts the built-in network anew, and connects to it where it is the one in use. */
  async restartBuiltIn(): Promise<void> {
    await this.#parts.builtIn.stop();
    if (this.#parts.settings().nodeUrl === null) await this.connect();
  }

  /** The built-in network ended by itself. */
  builtInEnded(error: AppError): void {
    if (this.#parts.settings().nodeUrl !== null || this.#closed) return;
    this.#end();
    this.#fail(error);
  }

  close(): void {
    this.#closed = true;
    this.#session?.close();
  }

  #end(): void {
    this.#turn += 1;
    this.#session?.close();
    this.#session = null;
  }

  #fail(error: unknown): void {
    const { now, monotonic } = this.#parts.clock;
    this.#failure = {
      error: toErrorReport(error),
      retryAtMs: now() + RETRY_MS,
      retryDueMs: monotonic() + RETRY_MS,
    };
  }
}
