import type { Clock } from '../../../src-main/clock/clock';
import type { Answer, Question } from '../../../src-main/network/transport';
import type { NodeAnswer } from '../../driver/world/faults';
import type { RequestCourse, RequestFaults } from './request-faults';
import type { SimulatedNode } from './simulated-node';

export const NODE_URL = 'http://127.0.0.1:8000';
const EVENTS_PATH = '/events/stream';

/** One process that asks over the network: what it hears nothing of any more once it is dead. */
export type Asker = {
  readonly isAlive: boolean;
  /** Its requests without an answer yet. */
  readonly underWay: Set<object>;
  /** A request leaves. */
  readonly onRequest: (path: string, body: string | undefined) => void;
  /** The node asks to be left alone for so long. */
  readonly onHeld: (ms: number) => void;
};

type Stream = { readonly push: (text: string) => void; readonly end: () => void };

/** The way to the node, in virtual time: whichever node is behind its address, and whatever becomes of requests. */
export class SimulatedNetwork {
  /** The node behind the address now. */
  front: SimulatedNode;
  /** Whether nobody answers there. */
  isAway = false;
  readonly #clock: Clock;
  readonly #nodeTime: () => number;
  readonly #faults: RequestFaults;
  readonly #tell: (what: string) => void;
  readonly #streams = new Set<Stream>();

  /** @param nodeTime what a node's clock shows, ms since the epoch */
  constructor(
    front: SimulatedNode,
    clock: Clock,
    nodeTime: () => number,
    faults: RequestFaults,
    tell: (what: string) => void,
  ) {
    this.front = front;
    this.#clock = clock;
    this.#nodeTime = nodeTime;
    this.#faults = faults;
    this.#tell = tell;
  }

  /** `send` of transport.ts, as one process has it. */
  sendOf(asker: Asker): (url: string, question: Question) => Promise<Answer> {
    return (url, question) => {
      const path = url.slice(NODE_URL.length);
      return path === EVENTS_PATH ? this.#listen(asker, question) : this.#ask(asker, path, question);
    };
  }

  /** An event of the node to all who listen. */
  emit(height: number): void {
    for (const { push } of this.#streams)
      push(`data: {"type": "tx_confirmed", "block_height": ${height}}\n\n`);
  }

  /** Breaks off what is listened to, as where the node ends. */
  endStreams(): void {
    for (const { end } of [...this.#streams]) end();
  }

  #ask(asker: Asker, path: string, { body, signal }: Question): Promise<Answer> {
    if (!asker.isAlive) return new Promise(() => undefined);
    asker.onRequest(path, body);
    const { fault, ...course } = this.#faults.next();
    const hears = () => asker.isAlive && !signal.aborted;
    const request = {};
    asker.underWay.add(request);
    return new Promise<Answer>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      if (signal.aborted) reject(signal.reason);
      const told = (answer: NodeAnswer) => {
        this.#tell(`${fault ?? 'ok'} ${path} ${answer.status} ${answer.text.length} ${body?.length ?? ''}`);
        if (!hears()) return;
        if (course.busySeconds !== null) asker.onHeld(course.busySeconds * 1000);
        resolve(this.#answerOf(answer, course.busySeconds));
      };
      const broken = (code: string) => {
        this.#tell(`${fault ?? code} ${path}`);
        if (hears()) reject(Object.assign(new Error(code), { code }));
      };
      if (course.thereMs === null) {
        if (course.backMs === 'broken') this.#clock.after(1, () => broken('ECONNRESET'));
        return;
      }
      this.#clock.after(course.thereMs, () => {
        if (this.isAway) return broken('ECONNREFUSED');
        const { backMs } = course;
        const answer = this.#answered(path, body, course);
        if (backMs === 'broken') broken('ECONNRESET');
        else if (backMs === 0) told(answer);
        else if (backMs !== null) this.#clock.after(backMs, () => told(answer));
      });
    }).finally(() => asker.underWay.delete(request));
  }

  #answered(path: string, body: string | undefined, course: RequestCourse): NodeAnswer {
    if (course.busySeconds !== null) return { status: 429, text: 'Too Many Requests' };
    let answer = this.front.answer(path, body);
    if (course.times === 2) answer = this.front.answer(path, body);
    return course.change === null ? answer : course.change(answer);
  }

  #answerOf({ status, text }: NodeAnswer, busySeconds: number | null): Answer {
    const headers: Record<string, string> = { date: new Date(this.#nodeTime()).toUTCString() };
    if (busySeconds !== null) headers['retry-after'] = String(busySeconds);
    return {
      status,
      header: (name) => headers[name] ?? null,
      body: once(Buffer.from(text)),
      drop: () => undefined,
    };
  }

  async #listen(asker: Asker, { signal }: Question): Promise<Answer> {
    asker.onRequest(EVENTS_PATH, undefined);
    if (!asker.isAlive) return new Promise(() => undefined);
    if (this.isAway) throw Object.assign(new Error('ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const waiting: string[] = [];
    let wake = (): void => undefined;
    let isOver = false;
    const stream: Stream = {
      push: (text) => {
        waiting.push(text);
        wake();
      },
      end: () => {
        isOver = true;
        this.#streams.delete(stream);
        wake();
      },
    };
    this.#streams.add(stream);
    signal.addEventListener('abort', stream.end, { once: true });
    async function* body(): AsyncGenerator<Uint8Array> {
      while (!isOver) {
        for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) yield Buffer.from(text);
        if (!isOver)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
      signal.throwIfAborted();
    }
    return { status: 200, header: () => null, body: body(), drop: stream.end };
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
