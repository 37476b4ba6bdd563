import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';

/** An answer of a worker's, as it came. */
export type Answer = { readonly text: string } & Readonly<Record<string, unknown>>;

/** The frame that hands out a job. */
export function jobFrame(payload: object, jobId: string, taskId: string = randomUUID()): string {
  return JSON.stringify({ type: 'job', job_id: jobId, task_id: taskId, payload });
}

/** A validator that speaks `job` and `job_result` alone, and shares no code with the worker. */
export class PlainValidator {
  readonly #server: WebSocketServer;
  readonly #waiting = new Set<() => void>();
  /** Everything that came, in order. */
  readonly answers: Answer[] = [];
  /** Called for each worker that comes. */
  onConnection: () => void = () => undefined;
  /** How many connections there were. */
  connections = 0;
  /** The headers of the newest connection. */
  headers: Readonly<Record<string, unknown>> = {};
  #socket: WebSocket | null = null;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket, request) => {
      this.connections += 1;
      this.headers = request.headers;
      this.#socket = socket;
      socket.on('message', (data) => {
        const text = data.toString();
        this.answers.push({ text, ...(JSON.parse(text) as object) });
        this.#tell();
      });
      socket.on('close', () => {
        if (this.#socket === socket) this.#socket = null;
        this.#tell();
      });
      this.#tell();
      this.onConnection();
    });
  }

  static async start(port = 0, options: object = {}): Promise<PlainValidator> {
    const server = new WebSocketServer({
      host: '127.0.0.1',
      port,
      path: '/worker',
      maxPayload: 128 << 20,
      ...options,
    });
    await once(server, 'listening');
    return new PlainValidator(server);
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/worker`;
  }

  get isConnected(): boolean {
    return this.#socket !== null;
  }

  /** Sends whatever is given, as it is. */
  send(text: string | Uint8Array): void {
    if (this.#socket === null) throw new Error('no worker is connected');
    this.#socket.send(text);
  }

  /** Sends a frame that says it is text, and is not UTF-8. */
  sendBadText(): void {
    this.#socket?.send(Buffer.from([0x7b, 0xff, 0xfe]), { binary: false });
  }

  /** Reads nothing more from the worker, until `resume`. */
  pause(): void {
    this.#socket?.pause();
  }

  resume(): void {
    this.#socket?.resume();
  }

  /** Bytes that the worker has not taken. */
  get unread(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** Waits until the worker takes nothing more: that nothing happens has no event, so it is looked at again and again. */
  async untilStuck(): Promise<void> {
    let same = 0;
    for (let looks = 0, before = -1; same < 5; looks += 1) {
      if (looks > 150) throw new Error(`the worker goes on reading: ${this.unread} bytes are left`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      same = this.unread === before ? same + 1 : 0;
      before = this.unread;
    }
  }

  /** Hands out a job. @returns the frame, to be sent again */
  job(payload: object, jobId: string = randomUUID(), taskId: string = randomUUID()): string {
    const frame = jobFrame(payload, jobId, taskId);
    this.send(frame);
    return frame;
  }

  /** What came for a job. */
  answersTo(jobId: string): Answer[] {
    return this.answers.filter(({ job_id }) => job_id === jobId);
  }

  /** Breaks the connection off without a word. */
  drop(): void {
    this.#socket?.terminate();
  }

  /** Waits until something holds, looked at with whatever comes. */
  until(what: string, holds: () => boolean, timeoutMs = 15_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!holds()) return;
        this.#waiting.delete(look);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(
          new Error(
            `not within ${timeoutMs} ms: ${what}; ${this.answers.length} answers, the last ${this.answers.at(-1)?.text.slice(0, 300)}`,
          ),
        );
      }, timeoutMs);
      this.#waiting.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    for (const client of this.#server.clients) client.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #tell(): void {
    for (const look of [...this.#waiting]) look();
  }
}
