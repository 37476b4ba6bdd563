import type { WebSocket } from 'ws';
import type { Clock } from '../../clock/clock';
import type { FaultSwitches } from './faults';
import { JobSender } from './job-sender';

// How often a worker is asked for a sign of life, and how long that may take to come.
const PING_EVERY_MS = 15_000;
const PONG_TIMEOUT_MS = 10_000;
const POLITE_CLOSE_MS = 1000;

type Parts = {
  readonly socket: WebSocket;
  readonly clock: Clock;
  readonly faults: FaultSwitches;
  readonly onError: (error: unknown) => void;
};

type Events = {
  /** A frame of text. */
  readonly onFrame: (text: string) => void;
  /** It is over, once. @param code why, as RFC 6455, section 7.4 has it */
  readonly onGone: (code: number) => void;
};

/** One connection of a worker, from after its handshake to its end. */
export class WorkerLink {
  readonly #parts: Parts;
  readonly #sender: JobSender;
  #heard = true;
  #isOpen = true;
  #callOff: () => void = () => undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#sender = new JobSender(parts.socket, parts.faults, parts.clock);
  }

  /** Tells of its events from now on; none of them throws further than here. */
  listen({ onFrame, onGone }: Events): void {
    const { socket, onError } = this.#parts;
    const guarded = (act: () => void) => {
      try {
        act();
      } catch (error) {
        onError(error);
      }
    };
    socket.on('message', (data, isBinary) => {
      this.#heard = true;
      // Frames are JSON text; nothing else is understood.
      if (this.#isOpen && !isBinary) guarded(() => onFrame(data.toString()));
    });
    for (const sign of ['ping', 'pong'] as const) {
      socket.on(sign, () => {
        this.#heard = true;
      });
    }
    // Whatever breaks the protocol ends the connection; the library then closes it.
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      if (!this.#isOpen) return;
      this.#end();
      guarded(() => onGone(code));
    });
    this.#keepAlive();
  }

  /** @param isFirst whether the task is handed out for the first time */
  sendJob(frame: string, isFirst: boolean): void {
    if (this.#isOpen) this.#sender.send(frame, isFirst);
  }

  /** Ends it from this side; nothing is told. */
  async close(): Promise<void> {
    const { socket, clock } = this.#parts;
    if (!this.#isOpen) return;
    this.#end();
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.close(1001, 'the validator is going away');
    const callOff = clock.after(POLITE_CLOSE_MS, () => socket.terminate());
    await gone;
    callOff();
  }

  #end(): void {
    this.#isOpen = false;
    this.#callOff();
    this.#sender.stop();
  }

  #keepAlive(): void {
    const { socket, clock, faults } = this.#parts;
    this.#callOff = clock.after(PING_EVERY_MS, () => {
      if (faults.has('silent')) return this.#keepAlive();
      this.#heard = false;
      socket.ping();
      this.#callOff = clock.after(PONG_TIMEOUT_MS, () => {
        if (this.#heard) this.#keepAlive();
        else socket.terminate();
      });
    });
  }
}
