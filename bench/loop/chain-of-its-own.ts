import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** What a watched node saw since the last `begin`. */
export type Seen = {
  /** From the newest block to each result that was accepted, ms. */
  readonly delaysMs: readonly number[];
  /** Streams not counted. */
  readonly requests: number;
};

type Both<T> = { readonly ours: T; readonly guides: T };

export type ChainCalls = {
  urls(): Promise<Both<string>>;
  /** Gives each address a balance that lasts. */
  fund(...addresses: string[]): Promise<void>;
  /** Makes so many blocks, each at its slot. */
  slots(count: number): Promise<void>;
  /** Counts from here. */
  begin(): Promise<void>;
  seen(): Promise<Both<Seen>>;
  /** Our node is gone from here on; counts from here. */
  refuse(): Promise<void>;
  close(): Promise<void>;
};

export type ChainSetup = { readonly folder: string; readonly slotSeconds: number };

type Answer = { readonly id: number; readonly value?: unknown; readonly error?: string };
type Waiting = { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void };

/**
 * A development network in a thread of its own, as a node is a process of its own: what it does costs the miner no time,
 * and it tells by its own clock how long a result takes.
 */
export class ChainOfItsOwn {
  readonly #thread: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  /** Why the thread has ended, before it was closed. */
  #ended: Error | null = null;

  private constructor(thread: Worker) {
    this.#thread = thread;
    thread.on('message', ({ id, value, error }: Answer) => {
      const { resolve, reject } = this.#waiting.get(id) ?? {};
      this.#waiting.delete(id);
      if (error === undefined) resolve?.(value as never);
      else reject?.(new Error(error));
    });
    // Nobody is answered by a thread that has ended.
    thread.on('error', (error) => {
      this.#ended = error;
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
  }

  static async start(setup: ChainSetup): Promise<ChainOfItsOwn> {
    // Bundled beside this.
    const thread = new Worker(join(import.meta.dirname, 'chain-server.js'), { workerData: setup });
    await new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject));
    return new ChainOfItsOwn(thread);
  }

  call<N extends keyof ChainCalls>(name: N, ...args: Parameters<ChainCalls[N]>): ReturnType<ChainCalls[N]> {
    const ended = this.#ended;
    if (ended !== null) return Promise.reject(ended) as ReturnType<ChainCalls[N]>;
    const id = ++this.#calls;
    const answer = new Promise<never>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#thread.postMessage({ id, name, args });
    return answer as ReturnType<ChainCalls[N]>;
  }

  async close(): Promise<void> {
    if (this.#ended === null) await this.call('close');
    await this.#thread.terminate();
  }
}
