import type { IncomingMessage } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../src-main/clock/clock';
import type { SeededRandom } from '../driver/world/random';
import type { Asker } from './chain/simulated-network';
import type { Happenings } from './happenings';
import type { Fail } from './watch/broken';

export const VALIDATOR_URL = 'ws://127.0.0.1:9000/worker';

// Of those that are remembered, a job may be handed out again.
const MOST_REMEMBERED = 500;
const END_OF_HEAD = '\r\n\r\n';

type Job = { readonly frame: string; readonly atMs: number; result: string | null; isAnswered: boolean };

type Trick = 'none' | 'again' | 'conflict' | 'nonsense' | 'drop';

/** A validator in this process, over a WebSocket through memory: hands out small jobs, and holds the worker to its answers. */
export class SimulatedValidator {
  readonly #clock: Clock;
  readonly #random: SeededRandom;
  readonly #happenings: Happenings;
  readonly #fail: Fail;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #jobs = new Map<string, Job>();
  #socket: WebSocket | null = null;
  #count = 0;
  #sinceMs = 0;

  constructor(clock: Clock, random: SeededRandom, happenings: Happenings, fail: Fail) {
    this.#clock = clock;
    this.#random = random;
    this.#happenings = happenings;
    this.#fail = fail;
  }

  /** `openSocket` of socket.ts, as one process has it. */
  openSocketOf(asker: Asker): (url: string, signal: AbortSignal) => Promise<Duplex> {
    return (_url, signal) =>
      new Promise((resolve, reject) => {
        this.#clock.after(5, () => {
          if (!asker.isAlive) return;
          if (signal.aborted) {
            reject(signal.reason);
            return;
          }
          const [near, far] = duplexPair();
          this.#accept(far);
          near.on('error', () => undefined);
          resolve(near);
        });
      });
  }

  /** What it does in a slot. @param isTricky whether it may also repeat itself, contradict itself and break off */
  act(isTricky: boolean): void {
    const random = this.#random;
    const isDue = random.next() < 0.15;
    const trick = random.pick<Trick>([
      ['none', 20],
      ['again', 2],
      ['conflict', 1],
      ['nonsense', 1],
      ['drop', 1],
    ]);
    const seed = Array.from({ length: 64 }, () => random.below(16).toString(16)).join('');
    if (this.#socket === null) return;
    if (isDue) this.#handOut(seed);
    if (isTricky) this.#play(trick, seed);
  }

  /** After a while without tricks each job that was handed out in it has its answer, whichever. @param withinMs of the last */
  requireAnswered(sinceMs: number, withinMs: number): void {
    const now = this.#clock.monotonic();
    if (this.#socket === null) this.#fail('every job is answered', 'the worker is not connected');
    for (const [id, { atMs, isAnswered }] of this.#jobs)
      if (atMs > Math.max(sinceMs, this.#sinceMs) && atMs < now - withinMs && !isAnswered)
        this.#fail('every job is answered', `${id} is not`);
  }

  close(): void {
    this.#socket?.terminate();
    this.#server.close();
  }

  /** The worker's handshake, read by hand: there is no HTTP server without a socket of the system. */
  #accept(stream: Duplex): void {
    let head = '';
    stream.on('error', () => undefined);
    const read = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      const end = head.indexOf(END_OF_HEAD);
      if (end < 0) return;
      stream.off('data', read);
      const lines = head.slice(0, end).split('\r\n').slice(1);
      const headers = Object.fromEntries(
        lines.map((line) => {
          const [name = '', value = ''] = line.split(/: (.*)/s);
          return [name.toLowerCase(), value];
        }),
      );
      // All that the server asks of a request.
      const request = { method: 'GET', url: '/worker', headers } as unknown as IncomingMessage;
      const rest = Buffer.from(head.slice(end + END_OF_HEAD.length), 'latin1');
      this.#server.handleUpgrade(request, stream, rest, (socket) => this.#connected(socket));
    };
    stream.on('data', read);
  }

  #connected(socket: WebSocket): void {
    this.#happenings.add('validator connected');
    this.#socket = socket;
    this.#sinceMs = this.#clock.monotonic();
    socket.on('error', () => undefined);
    socket.on('message', (data) => this.#take(data.toString()));
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = null;
    });
  }

  #handOut(seed: string): void {
    this.#count += 1;
    const jobId = `job-${this.#count}`;
    const taskId = `${seed.slice(0, 8)}-${seed.slice(8, 12)}-4${seed.slice(13, 16)}-8${seed.slice(17, 20)}-${seed.slice(20, 32)}`;
    const payload = { challenge_type: 'synthetic', seed, matrix_size: 4, iterations: 1 };
    const frame = JSON.stringify({ type: 'job', job_id: jobId, task_id: taskId, payload });
    this.#jobs.set(jobId, { frame, atMs: this.#clock.monotonic(), result: null, isAnswered: false });
    const [first] = this.#jobs.keys();
    if (this.#jobs.size > MOST_REMEMBERED && first !== undefined) this.#jobs.delete(first);
    this.#socket?.send(frame);
  }

  #play(trick: Trick, seed: string): void {
    const jobs = [...this.#jobs.values()];
    const job = jobs[this.#random.below(Math.max(1, jobs.length))];
    if (trick === 'again' && job !== undefined) this.#socket?.send(job.frame);
    if (trick === 'conflict' && job !== undefined)
      this.#socket?.send(job.frame.replace(/"seed":"\w+"/, `"seed":"${seed}"`));
    if (trick === 'nonsense') this.#socket?.send(seed);
    if (trick === 'drop') this.#socket?.terminate();
  }

  #take(text: string): void {
    const frame = JSON.parse(text) as { type: string; job_id: string; result_hash?: string; code?: string };
    this.#happenings.add(`${frame.type} ${frame.job_id} ${frame.result_hash?.slice(0, 16) ?? frame.code}`);
    const job = this.#jobs.get(frame.job_id);
    if (job === undefined) return;
    job.isAnswered = true;
    if (frame.type !== 'job_result') return;
    if (job.result !== null && job.result !== text)
      this.#fail('one answer to a job', `${frame.job_id} has two results`);
    job.result = text;
  }
}
