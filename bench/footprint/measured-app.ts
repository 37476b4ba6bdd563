import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesOf } from '../../e2e/driver/electron/processes';
import { environment, runtime } from '../../e2e/driver/electron/runtime';
import { processorMs, treeMiB } from '../lib/process-figures';

const START_MS = 60_000;
const END_MS = 20_000;

type Told =
  | { readonly drawn: true }
  | { readonly id: number; readonly value?: unknown; readonly error?: string };

/** An app that runs as at a person's, no debugger attached, behind a gate that does what is asked for in it. */
export class MeasuredApp {
  /** From its start to the first text in its window, ms. */
  readonly drawnMs: number;
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (told: { value?: unknown; error?: string }) => void>();
  readonly #ended: Promise<unknown>;
  #asked = 0;

  private constructor(process: ChildProcess, drawnMs: number) {
    this.#process = process;
    this.#ended = new Promise((resolve) => process.once('exit', resolve));
    this.drawnMs = drawnMs;
    process.on('message', (told: Told) => {
      if ('id' in told) this.#waiting.get(told.id)?.(told);
    });
  }

  /** Starts an app's folder and waits for its window. @throws Error where it shows none */
  static async start(folder: string, args: readonly string[]): Promise<MeasuredApp> {
    const { executable, switches } = runtime();
    // The last of the switches is the app's folder: the gate takes its place and opens on it.
    const gated = [...switches.slice(0, -1), join(import.meta.dirname, 'gate')];
    const began = performance.now();
    const process = spawn(executable, [...gated, ...args], {
      env: environment({ CPC_MEASURED: folder }),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const drawn = new Promise<number>((resolve, reject) => {
      process.on('message', (told: Told) => 'drawn' in told && resolve(performance.now() - began));
      process.once('exit', (code) => reject(new Error(`${folder} ended with ${code}`)));
      setTimeout(() => reject(new Error(`${folder} showed no window`)), START_MS).unref();
    });
    try {
      return new MeasuredApp(process, await drawn);
    } catch (error) {
      process.kill('SIGKILL');
      throw error;
    }
  }

  /** What all its processes hold in memory, what they share counted once, MiB. */
  get memoryMiB(): number {
    return treeMiB(this.#root);
  }

  /** The share of a core that all its processes take over a while, or one of them, %. */
  async processorShare(seconds: number, pid: number | null = null): Promise<number> {
    const pids = pid === null ? processesOf(this.#root).map((one) => one.pid) : [pid];
    const taken = () => pids.reduce((sum, one) => sum + processorMs(one), 0);
    const before = taken();
    await sleep(seconds * 1000);
    return (100 * (taken() - before)) / (seconds * 1000);
  }

  /** The process of the window's page. */
  async page(): Promise<number> {
    return Number(await this.ask({ act: 'page' }));
  }

  /** Has the gate do something. @throws Error where it can't, or the app ends before */
  ask(message: { act: string; script?: string; count?: number }): Promise<unknown> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ value, error }) => {
        this.#waiting.delete(id);
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      });
      void this.#ended.then(() => reject(new Error(`the app ended before it did: ${message.act}`)));
      this.#process.send({ id, ...message });
    });
  }

  /** Ends it as a service manager does, or at last by force. */
  async close(): Promise<void> {
    const late = setTimeout(() => this.#process.kill('SIGKILL'), END_MS);
    this.#process.kill('SIGTERM');
    await this.#ended;
    clearTimeout(late);
  }

  get #root(): number {
    const { pid } = this.#process;
    if (pid === undefined) throw new Error('the app does not run');
    return pid;
  }
}
