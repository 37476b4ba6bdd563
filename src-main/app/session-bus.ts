import { connect, type Socket } from 'node:net';
import type { Clock } from '../clock/clock';
import { type DbusMessage, decodeMessage, encodeMessage } from './dbus-message';

const BUS = 'org.freedesktop.DBus';
const BUS_PATH = '/org/freedesktop/DBus';
// A bus and what is on it answer within milliseconds; longer means that they hang.
const ANSWER_TIMEOUT_MS = 3000;
// A handshake is two short lines.
const MOST_HANDSHAKE_BYTES = 4096;

type Call = Pick<DbusMessage, 'destination' | 'path' | 'interface' | 'member' | 'body'>;
type Waiting = { readonly resolve: (reply: DbusMessage) => void; readonly reject: (error: Error) => void };

/**
 * A connection to the session bus (D-Bus Specification): what a desktop offers is asked for here, and heard of at once
 * where it changes. No program of another package is needed for it.
 */
export class SessionBus {
  readonly #socket: Socket;
  readonly #after: Clock['after'];
  readonly #onMessage: (message: DbusMessage) => void;
  readonly #calls = new Map<number, Waiting>();
  #received = Buffer.alloc(0);
  #isGreeted = false;
  /** What is to be sent once the bus has let us in. */
  readonly #waiting: Buffer[] = [];
  #lastSerial = 0;
  /** Resolves once the connection is over, for whatever reason. */
  readonly closed: Promise<void>;

  private constructor(socket: Socket, after: Clock['after'], onMessage: (message: DbusMessage) => void) {
    this.#socket = socket;
    this.#after = after;
    this.#onMessage = onMessage;
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        for (const { reject } of this.#calls.values()) reject(new Error('the session bus is gone'));
        this.#calls.clear();
        resolve();
      });
    });
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => this.#take(chunk));
    // The standard's "EXTERNAL": the bus knows from the socket who we are.
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
    socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
  }

  /**
   * Connects, and is known to the bus from then on.
   * @param path of the bus's socket; one that begins with NUL is abstract
   * @param onMessage told of calls to us, and of the signals that were asked for
   * @throws Error where there is no bus, or none that answers
   */
  static async open(
    path: string,
    after: Clock['after'],
    onMessage: (message: DbusMessage) => void,
  ): Promise<SessionBus> {
    const bus = new SessionBus(connect(path), after, onMessage);
    try {
      await bus.ask('Hello');
      return bus;
    } catch (error) {
      bus.close();
      throw error;
    }
  }

  /** Asks the bus itself. @returns the reply's first value @throws Error as `call` */
  ask(member: string, ...body: DbusMessage['body']): Promise<DbusMessage['body'][number] | undefined> {
    return this.call({ destination: BUS, path: BUS_PATH, interface: BUS, member, body });
  }

  /** Calls a method. @returns the reply's first value @throws Error where it is refused, or not answered in time */
  async call(call: Call): Promise<DbusMessage['body'][number] | undefined> {
    if (this.#socket.destroyed) throw new Error('the session bus is gone');
    const serial = this.send({ type: 'call', ...call });
    const reply = new Promise<DbusMessage>((resolve, reject) => this.#calls.set(serial, { resolve, reject }));
    const callOff = this.#after(ANSWER_TIMEOUT_MS, () => {
      this.#calls.get(serial)?.reject(new Error(`${call.member} was not answered`));
    });
    try {
      const { type, error, body } = await reply;
      if (type === 'error') throw new Error(`${call.member} was refused: ${error}`);
      return body[0];
    } finally {
      callOff();
      this.#calls.delete(serial);
    }
  }

  /** Sends a message, once the bus has let us in. @returns its serial */
  send(message: Omit<DbusMessage, 'serial'>): number {
    this.#lastSerial += 1;
    const bytes = encodeMessage({ ...message, serial: this.#lastSerial });
    if (this.#isGreeted) this.#socket.write(bytes);
    else this.#waiting.push(bytes);
    return this.#lastSerial;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    try {
      if (!this.#isGreeted) this.#greet();
      if (!this.#isGreeted) return;
      for (let found = this.#decode(); found !== null; found = this.#decode()) this.#deliver(found);
    } catch {
      this.#socket.destroy();
    }
  }

  #greet(): void {
    const end = this.#received.indexOf('\r\n');
    if (end < 0 && this.#received.length < MOST_HANDSHAKE_BYTES) return;
    if (!this.#received.toString('latin1', 0, 3).startsWith('OK ')) throw new Error('the bus refuses us');
    this.#received = this.#received.subarray(end + 2);
    this.#isGreeted = true;
    this.#socket.write('BEGIN\r\n');
    for (const bytes of this.#waiting.splice(0)) this.#socket.write(bytes);
  }

  #decode(): DbusMessage | null {
    const decoded = decodeMessage(this.#received);
    if (decoded === null) return null;
    this.#received = this.#received.subarray(decoded.size);
    return decoded.message;
  }

  #deliver(message: DbusMessage): void {
    const waiting = message.replyTo === undefined ? undefined : this.#calls.get(message.replyTo);
    if (waiting !== undefined) waiting.resolve(message);
    else if (message.type === 'call' || message.type === 'signal') this.#onMessage(message);
  }
}

/** The socket of the session's bus, by what the session says, or where the system keeps it; null for none that can be used. */
export function sessionBusPath({
  DBUS_SESSION_BUS_ADDRESS: addresses,
  XDG_RUNTIME_DIR: folder,
}: NodeJS.ProcessEnv): string | null {
  if (addresses === undefined || addresses === '') return folder === undefined ? null : `${folder}/bus`;
  for (const address of addresses.split(';')) {
    const found = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(address);
    const value = decodeURIComponent(found?.[2] ?? '');
    if (value !== '') return found?.[1] === 'abstract' ? `\0${value}` : value;
  }
  return null;
}
