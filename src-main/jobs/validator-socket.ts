import type { Duplex } from 'node:stream';
import { type RawData, WebSocket } from 'ws';
import { AppError } from '../../src-shared/errors';
import type { Clock } from '../clock/clock';
import type { Ways } from '../network/ways';
import { answerError, closeError, frameError, silentError, wayError } from './validator-error';

const OPEN_TIMEOUT_MS = 15_000;
// How often the other side is asked for a sign of life, and how long that may take to come.
const PING_EVERY_MS = 15_000;
const PONG_TIMEOUT_MS = 10_000;
// A frame of the largest size in pieces of 4 KiB; more pieces than that are sent to cost memory.
const MOST_FRAGMENTS = 16 * 1024;
// What is written and not yet taken, or taken and not yet read: past the first nothing more is read, below the second it is again.
const HIGH_BYTES = 4 << 20;
const LOW_BYTES = 1 << 20;
const POLITE_CLOSE_MS = 1000;

type Parts = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly mostFrameBytes: number;
  readonly clock: Clock;
  readonly ways: Pick<Ways, 'openSocket'>;
  /** A frame of text, in UTF-8. @returns what is settled once it is read: until then not much more is */
  readonly onFrame: (bytes: Uint8Array) => Promise<void> | undefined;
  /** The other side has read all that was sent before the ping of this number. */
  readonly onPong: (ping: number) => void;
};

/**
 * One connection to a validator, from its handshake to its end (RFC 6455). Nothing is read of it before `start`; after its
 * end none of its events counts.
 */
export class ValidatorSocket {
  readonly #parts: Parts;
  readonly #socket: WebSocket;
  /** What the connection runs over. */
  readonly #stream: Duplex;
  readonly #ended: Promise<AppError | null>;
  #end: (why: AppError | null) => void = () => undefined;
  #isOpen = true;
  #pings = 0;
  #heard = true;
  #paused = false;
  /** Bytes of frames that are handed over and not yet read. */
  #unread = 0;
  #drained: (() => void)[] = [];
  #callOff: () => void = () => undefined;

  private constructor(parts: Parts, socket: WebSocket, stream: Duplex) {
    this.#parts = parts;
    this.#socket = socket;
    this.#stream = stream;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#listen();
    this.#keepAlive();
  }

  /** Connects. @param signal gives it up @throws AppError `validator_*`, `proxy_*`; the signal's reason */
  static async open(parts: Parts, signal: AbortSignal): Promise<ValidatorSocket> {
    const { url, clock, ways } = parts;
    const abort = new AbortController();
    const give = () => abort.abort(signal.reason);
    signal.addEventListener('abort', give, { once: true });
    const callOff = clock.after(OPEN_TIMEOUT_MS, () => abort.abort(silentError(url, OPEN_TIMEOUT_MS)));
    try {
      signal.throwIfAborted();
      const stream = await ways.openSocket(url, abort.signal);
      return new ValidatorSocket(parts, await handshake(parts, stream, abort.signal), stream);
    } catch (error) {
      signal.throwIfAborted();
      throw wayError(url, abort.signal.aborted ? abort.signal.reason : error);
    } finally {
      callOff();
      signal.removeEventListener('abort', give);
    }
  }

  /** Reads from now on what the other side sends. */
  start(): void {
    if (this.#isOpen) this.#socket.resume();
  }

  /** Resolves when the connection has ended: with why, or null where this side ended it. */
  get ended(): Promise<AppError | null> {
    return this.#ended;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Sends a frame. What the other side does not take keeps this one from reading more. */
  send(text: string): void {
    if (!this.#isOpen) return;
    // Frames of one turn go out together: each write costs a call of the system.
    if (this.#stream.writableCorked === 0) {
      this.#stream.cork();
      queueMicrotask(() => this.#stream.uncork());
    }
    this.#socket.send(text, () => this.#sent());
    if (this.#socket.bufferedAmount > HIGH_BYTES) this.#pause();
  }

  /** Lets what was sent in this turn go at once, where more is done in it first. */
  flush(): void {
    while (this.#stream.writableCorked > 0) this.#stream.uncork();
  }

  /** Resolves once little of what was sent waits to be taken, or the connection has ended. */
  drained(): Promise<void> {
    if (!this.#isOpen || this.#socket.bufferedAmount <= LOW_BYTES) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  /** Asks for a sign that all that was sent has been read; its number comes with `onPong`. */
  ping(): number {
    this.#pings += 1;
    if (this.#isOpen) this.#socket.ping(String(this.#pings));
    return this.#pings;
  }

  /** Ends it from this side, after what was sent, within a second. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#socket.close(1001, 'worker is going away');
    const gone = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    const { clock } = this.#parts;
    let callOff = () => {};
    const late = new Promise<void>((resolve) => {
      callOff = clock.after(POLITE_CLOSE_MS, resolve);
    });
    this.#finish(null);
    await Promise.race([gone, late]);
    callOff();
    this.#socket.terminate();
  }

  #listen(): void {
    const { url, mostFrameBytes, onPong } = this.#parts;
    const socket = this.#socket;
    socket.on('message', (data, isBinary) => {
      this.#heard = true;
      // Frames are JSON text; nothing else is understood.
      if (this.#isOpen && !isBinary) this.#handOver(bytesOf(data));
    });
    socket.on('ping', () => {
      this.#heard = true;
    });
    socket.on('pong', (data) => {
      this.#heard = true;
      if (this.#isOpen) onPong(Number(data.toString()));
    });
    // Whatever breaks the protocol ends the connection; the library then closes it.
    socket.on('error', (error) => {
      const { code } = error as { code?: string };
      this.#finish(
        code?.startsWith('WS_ERR_') === true ? frameError(url, mostFrameBytes) : wayError(url, error),
      );
      socket.terminate();
    });
    socket.on('close', (code, reason) => this.#finish(closeError(url, code, reason.toString())));
  }

  #keepAlive(): void {
    const { url, clock } = this.#parts;
    this.#callOff = clock.after(PING_EVERY_MS, () => {
      this.#heard = false;
      this.ping();
      this.#callOff = clock.after(PONG_TIMEOUT_MS, () => {
        if (this.#heard) return this.#keepAlive();
        this.#finish(silentError(url, PING_EVERY_MS + PONG_TIMEOUT_MS));
        this.#socket.terminate();
      });
    });
  }

  /** Whoever takes long to read frames keeps this one from taking more. */
  #handOver(bytes: Uint8Array): void {
    const read = this.#parts.onFrame(bytes);
    if (read === undefined) return;
    this.#unread += bytes.length;
    if (this.#unread > HIGH_BYTES) this.#pause();
    const { length } = bytes;
    read.then(
      () => {
        this.#unread -= length;
        this.#resume();
      },
      // It is owed an answer that nobody knows any more: over the next connection it may be asked for again.
      (error) => {
        this.#finish(new AppError('internal', `A frame could not be read: ${error}`, { cause: error }));
        this.#socket.terminate();
      },
    );
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#socket.pause();
  }

  #sent(): void {
    if (this.#socket.bufferedAmount > LOW_BYTES) return;
    for (const resolve of this.#drained.splice(0)) resolve();
    this.#resume();
  }

  #resume(): void {
    if (!this.#paused || this.#socket.bufferedAmount > LOW_BYTES || this.#unread > LOW_BYTES) return;
    this.#paused = false;
    if (this.#isOpen) this.#socket.resume();
  }

  #finish(why: AppError | null): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#callOff();
    for (const resolve of this.#drained.splice(0)) resolve();
    this.#end(why);
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Buffer.isBuffer(data)) return data;
  return Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
}

function handshake(
  { url, headers, mostFrameBytes }: Parts,
  stream: Duplex,
  signal: AbortSignal,
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      // What is encrypted is so already.
      createConnection: () => stream as never,
      headers,
      maxPayload: mostFrameBytes,
      maxFragments: MOST_FRAGMENTS,
      perMessageDeflate: false,
      followRedirects: false,
    });
    const giveUp = () => {
      socket.terminate();
      stream.destroy();
      reject(signal.reason);
    };
    const end = () => {
      signal.removeEventListener('abort', giveUp);
      socket.off('error', failed);
    };
    const failed = (error: Error) => {
      end();
      stream.destroy();
      reject(error);
    };
    socket.once('error', failed);
    socket.once('unexpected-response', (_request, response) => {
      end();
      socket.on('error', () => undefined);
      socket.terminate();
      stream.destroy();
      reject(answerError(url, response));
    });
    socket.once('open', () => {
      end();
      // A frame that comes with the handshake waits until somebody listens.
      socket.pause();
      resolve(socket);
    });
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
