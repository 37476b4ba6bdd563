import { AppError, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import { BackOff } from '../async/back-off';
import { Wake, waitUntil } from '../async/wait';
import type { Clock } from '../clock/clock';
import type { Ways } from '../network/ways';
import { isRefusal } from './validator-error';
import { ValidatorSocket } from './validator-socket';

const BACK_OFF_MS = [1000, 60_000] as const;
// Somebody has to do something first, here or there.
const REFUSED_MS = [60_000, 15 * 60_000] as const;
const LEAST_WAIT_MS = 250;
// A connection that lasts so long shows that the validator is well.
const STABLE_MS = 30_000;

export type ConnectionState = {
  readonly state: 'connecting' | 'connected' | 'waiting';
  /** Wall time, ms since the epoch. */
  readonly sinceMs: number;
  /** Why it is not connected, where it tried. */
  readonly error: ErrorReport | null;
  readonly retryAtMs: number | null;
};

type Parts = {
  readonly url: string;
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
  readonly mostFrameBytes: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly ways: Pick<Ways, 'openSocket'>;
  readonly onOpen: (socket: ValidatorSocket) => void;
  readonly onFrame: (bytes: Uint8Array) => Promise<void> | undefined;
  readonly onPong: (ping: number) => void;
  readonly onClosed: () => void;
  readonly onChange: () => void;
};

/** Keeps one validator connected: again and again, the longer the less often. */
export class ValidatorConnection {
  readonly #parts: Parts;
  readonly #ended = new AbortController();
  readonly #wake = new Wake();
  readonly #backOff: BackOff;
  readonly #refusedBackOff: BackOff;
  #socket: ValidatorSocket | null = null;
  #state: ConnectionState;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { clock, random } = parts;
    this.#backOff = new BackOff(...BACK_OFF_MS, random, 1);
    this.#refusedBackOff = new BackOff(...REFUSED_MS, random);
    this.#state = { state: 'connecting', sinceMs: clock.now(), error: null, retryAtMs: null };
    void this.#run();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The connection in use, or null. */
  get socket(): ValidatorSocket | null {
    return this.#socket;
  }

  /** Tries now, however long the wait was to be. */
  retry(): void {
    if (this.#state.state === 'waiting') this.#wake.fire();
  }

  /** Ends it; what was sent before goes first. */
  async close(): Promise<void> {
    this.#ended.abort(new Error('the connection is given up'));
    await this.#socket?.close();
  }

  async #run(): Promise<void> {
    const { clock } = this.#parts;
    const { signal } = this.#ended;
    while (!signal.aborted) {
      this.#set('connecting', this.#state.error, null);
      const error = await this.#once(signal);
      if (signal.aborted) return;
      const backOff = isRefusal(error) ? this.#refusedBackOff : this.#backOff;
      const waitMs = Math.round(Math.max(LEAST_WAIT_MS, backOff.next()));
      this.#set('waiting', toErrorReport(error), clock.now() + waitMs);
      await waitUntil(clock, waitMs, this.#wake, signal);
    }
  }

  /** One connection, from its beginning to its end. @returns why it ended */
  async #once(signal: AbortSignal): Promise<AppError> {
    const { clock, url, ways, mostFrameBytes, headers, onOpen, onFrame, onPong, onClosed } = this.#parts;
    try {
      const parts = { url, headers: await headers(), mostFrameBytes, clock, ways, onFrame, onPong };
      const socket = await ValidatorSocket.open(parts, signal);
      this.#socket = socket;
      const openedMs = clock.monotonic();
      this.#set('connected', null, null);
      onOpen(socket);
      socket.start();
      const why = await socket.ended;
      onClosed();
      if (clock.monotonic() - openedMs >= STABLE_MS) this.#reset();
      return why ?? new AppError('cancelled', 'The connection was given up.');
    } catch (error) {
      return error instanceof AppError ? error : new AppError('internal', String(error), { cause: error });
    } finally {
      this.#socket = null;
    }
  }

  #reset(): void {
    this.#backOff.reset();
    this.#refusedBackOff.reset();
  }

  #set(state: ConnectionState['state'], error: ErrorReport | null, retryAtMs: number | null): void {
    this.#state = { state, sinceMs: this.#parts.clock.now(), error, retryAtMs };
    this.#parts.onChange();
  }
}
