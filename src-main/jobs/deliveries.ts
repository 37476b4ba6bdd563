import type { Clock } from '../clock/clock';
import type { JobStore } from './job-store';
import type { ValidatorSocket } from './validator-socket';

// So many answers go again before the validator is asked whether it has them.
const RESENT_AT_A_TIME = 64;
// Answers of so long a time share a ping, and a commit of what it shows.
const ASK_AFTER_MS = 10;

/**
 * Which answers a validator has. The protocol has no acknowledgement: a pong to a ping that was sent after an answer
 * shows that the answer was read (RFC 6455, section 5.5.3, over an ordered stream).
 */
export class Deliveries {
  readonly #store: JobStore;
  readonly #validator: string;
  readonly #clock: Pick<Clock, 'after'>;
  #socket: ValidatorSocket | null = null;
  /** Sent since the last ping. */
  #sent: number[] = [];
  /** Sent before the ping that is still to come back. */
  #asked: { readonly ping: number; readonly ids: readonly number[] } | null = null;
  #confirmed: number[] = [];
  #callOffAsking: (() => void) | null = null;

  constructor(store: JobStore, validator: string, clock: Pick<Clock, 'after'>) {
    this.#store = store;
    this.#validator = validator;
    this.#clock = clock;
  }

  /** Answers that were sent over this connection and not shown to be read. */
  get waiting(): number {
    return this.#sent.length + (this.#asked?.ids.length ?? 0);
  }

  /** Shown to be read, and still to be kept as such. */
  get confirmed(): readonly number[] {
    return this.#confirmed;
  }

  forgetConfirmed(): void {
    this.#confirmed = [];
  }

  /** A new connection: all that was not delivered goes again, the oldest first, as fast as it is taken. */
  async begin(socket: ValidatorSocket): Promise<void> {
    this.#socket = socket;
    this.#sent = [];
    this.#asked = null;
    for (const id of this.#store.idsIn(this.#validator, 'answered')) {
      await socket.drained();
      if (this.#socket !== socket || !socket.isOpen) return;
      this.sendKept(id);
      if (this.#sent.length >= RESENT_AT_A_TIME) this.#ask();
    }
  }

  /** Sends an answer that was just kept. */
  send(id: number, frame: string): void {
    if (this.#socket?.isOpen !== true) return;
    this.#socket.send(frame);
    this.#sent.push(id);
    this.#askSoon();
  }

  /** Lets the answers go that were sent, ahead of whatever else is done for them. */
  flush(): void {
    this.#socket?.flush();
  }

  /** Sends an answer as it is kept. */
  sendKept(id: number): void {
    const frame = this.#store.answerOf(id);
    if (frame !== null) this.send(id, frame);
  }

  /** Nothing is asked any more. */
  close(): void {
    this.#callOffAsking?.();
    this.#socket = null;
  }

  /** A ping came back: all that was sent before it has been read. @returns whether that was anything */
  confirm(ping: number): boolean {
    if (this.#asked === null || this.#asked.ping > ping) return false;
    this.#confirmed.push(...this.#asked.ids);
    this.#asked = null;
    this.#askSoon();
    return true;
  }

  #askSoon(): void {
    this.#callOffAsking ??= this.#clock.after(ASK_AFTER_MS, () => this.#ask());
  }

  /**
   * Asks the validator whether it has read what was sent. One question at a time: a validator that is behind with its
   * pongs takes many pings for an attack, and hangs up.
   */
  #ask(): void {
    this.#callOffAsking?.();
    this.#callOffAsking = null;
    if (this.#sent.length === 0 || this.#asked !== null || this.#socket?.isOpen !== true) return;
    this.#asked = { ping: this.#socket.ping(), ids: this.#sent };
    this.#sent = [];
  }
}
