import type { WebSocket } from 'ws';
import type { Clock } from '../../clock/clock';
import type { FaultSwitches } from './faults';
import { spoiltFrames } from './spoilt-frames';

/** A frame that waits to be overtaken goes by itself after so long. */
const HELD_MS = 200;

/** Sends jobs to one worker, with what faults are switched on. */
export class JobSender {
  readonly #socket: WebSocket;
  readonly #faults: FaultSwitches;
  readonly #clock: Clock;
  #held: string | null = null;
  #callOff: () => void = () => undefined;

  constructor(socket: WebSocket, faults: FaultSwitches, clock: Clock) {
    this.#socket = socket;
    this.#faults = faults;
    this.#clock = clock;
  }

  /** @param isFirst whether the task is handed out for the first time */
  send(frame: string, isFirst: boolean): void {
    const faults = this.#faults;
    if (faults.has('stall')) return;
    if (!isFirst) this.#write(frame);
    else if (faults.has('truncate')) this.#write(frame.slice(0, frame.length / 2));
    else if (faults.has('reorder') && this.#held === null) this.#hold(frame);
    else this.#sendFirst(frame);
  }

  stop(): void {
    this.#callOff();
  }

  #sendFirst(frame: string): void {
    const faults = this.#faults;
    if (faults.has('wrong_types')) for (const spoilt of spoiltFrames(frame)) this.#write(spoilt);
    this.#write(frame);
    this.#flush();
    if (faults.has('duplicate')) this.#write(frame);
    // After what was sent has gone out.
    if (faults.has('drop')) this.#socket.ping('', false, () => this.#socket.terminate());
  }

  #hold(frame: string): void {
    this.#held = frame;
    this.#callOff = this.#clock.after(HELD_MS, () => this.#flush());
  }

  #flush(): void {
    const held = this.#held;
    this.#held = null;
    this.#callOff();
    if (held !== null) this.#write(held);
  }

  #write(frame: string): void {
    const pieces = this.#faults.has('fragment') ? 3 : 1;
    const most = Math.ceil(frame.length / pieces);
    for (let from = 0; from < frame.length; from += most)
      this.#socket.send(frame.slice(from, from + most), { fin: from + most >= frame.length });
  }
}
