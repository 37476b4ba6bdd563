import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type JSHandle, type Page, type Worker as WorkerDriver } from '@playwright/test';
import type { ComputeDone, FromCompute, Job, JobTime, ToCompute } from '../../../src-shared/ipc/compute';
import type { Pace } from '../../../src-shared/ipc/pace';

const ASSETS = join(import.meta.dirname, '..', '..', '..', 'out', 'renderer', 'assets');

/**
 * The app's own compute worker, a second one in the app's compute page, for a test to send jobs to. It lives as long as
 * the page: the app never ends its worker either, and to end one just after its threads crashes the renderer now and
 * then (Chromium 130, once in some 500 times).
 */
export class ComputeWorker {
  readonly #port: JSHandle<MessagePort>;
  /** Looks into the worker, and changes what it finds there. */
  readonly driver: WorkerDriver;
  /** What the last job took. */
  took: JobTime = { elapsedMs: 0, busyMs: 0 };
  #lastId = 0;

  private constructor(port: JSHandle<MessagePort>, driver: WorkerDriver) {
    this.#port = port;
    this.driver = driver;
  }

  /**
   * Starts one, and waits until it has looked for an adapter.
   * @param prepare changes what the worker finds before it looks
   */
  static async open(
    page: Page,
    prepare: (driver: WorkerDriver) => Promise<void> = async () => undefined,
  ): Promise<ComputeWorker> {
    const name = readdirSync(ASSETS).find((file) => file.startsWith('worker-'));
    const isOne = (worker: WorkerDriver) => worker.url().endsWith(`/${name}`);
    // The page's own comes first, and is not to be taken for this one.
    if (!page.workers().some(isOne)) await page.waitForEvent('worker', isOne);
    const started = page.waitForEvent('worker', isOne);
    const worker = await page.evaluateHandle(
      (script) => new Worker(script, { type: 'module' }),
      `/assets/${name}`,
    );
    const driver = await started;
    await hasWebGpu(driver);
    await prepare(driver);
    const port = await worker.evaluateHandle(async (worker) => {
      const { port1: port, port2: theirs } = new MessageChannel();
      await new Promise<void>((resolve) => {
        const take = ({ data }: MessageEvent<FromCompute>) => {
          if (data.kind !== 'ready') return;
          port.removeEventListener('message', take);
          resolve();
        };
        port.addEventListener('message', take);
        port.start();
        worker.postMessage(null, [theirs]);
      });
      return port;
    });
    return new ComputeWorker(port, driver);
  }

  /** Runs one job. @param cancelAtProgress cancels it as soon as it tells of progress */
  async run(job: Job, { cancelAtProgress = false } = {}): Promise<ComputeDone['result']> {
    const runId = ++this.#lastId;
    const { result, took } = await this.#port.evaluate(
      (port, [request, cancels]) =>
        new Promise<ComputeDone>((resolve) => {
          const take = ({ data }: MessageEvent<FromCompute>) => {
            if (data.kind === 'progress' && data.runId === request.runId && cancels)
              port.postMessage({ kind: 'cancel', runId: data.runId } satisfies ToCompute);
            if (data.kind !== 'done' || data.runId !== request.runId) return;
            port.removeEventListener('message', take);
            resolve(data);
          };
          port.addEventListener('message', take);
          port.postMessage({ kind: 'run', ...request } satisfies ToCompute);
        }),
      [{ runId, job }, cancelAtProgress] as const,
    );
    this.took = took;
    return result;
  }

  /** Runs one job that must succeed, and gives its answer. */
  async answer<K extends Job['kind']>(job: Job & { kind: K }) {
    const result = await this.run(job);
    if (!result.ok) throw new Error(`${JSON.stringify(job)}: ${result.error.message}`);
    if (result.value.kind !== job.kind) throw new Error('an answer of another kind');
    return result.value as Extract<typeof result.value, { kind: K }>;
  }

  setPace(pace: Pace): Promise<void> {
    const message = { kind: 'pace', pace } satisfies ToCompute;
    return this.#port.evaluate((port, tell) => port.postMessage(tell), message);
  }

  /** As `sabotageShaders`. */
  sabotage(text: string, by: string): Promise<void> {
    return sabotageShaders(this.driver, text, by);
  }
}

/**
 * Waits until a worker knows WebGPU. A worker can be looked into before its script has come, and only then does Chromium
 * know that the context is a secure one, and give it what only such a context gets.
 */
async function hasWebGpu(worker: WorkerDriver): Promise<void> {
  await expect.poll(() => worker.evaluate(() => 'GPUAdapter' in globalThis)).toBe(true);
}

/**
 * Makes a worker's adapter compute wrongly, as a bad driver would: from now on every shader that is compiled has one
 * text in it replaced by another.
 */
export async function sabotageShaders(worker: WorkerDriver, text: string, by: string): Promise<void> {
  await hasWebGpu(worker);
  await worker.evaluate(
    ([find, replacement]) => {
      const compile = GPUDevice.prototype.createShaderModule;
      GPUDevice.prototype.createShaderModule = function (descriptor) {
        return compile.call(this, { ...descriptor, code: descriptor.code.replaceAll(find, replacement) });
      };
    },
    [text, by] as const,
  );
}

/** A result that is held back, with the port it was on its way over. */
type Held = { held: { port: MessagePort; message: FromCompute }[] | null };

/**
 * Holds back every result of the app's own compute worker from now on: whatever is computed takes as long as a test
 * wants. @returns what lets them go
 */
export async function holdResults(page: Page): Promise<() => Promise<void>> {
  const isComputing = (worker: WorkerDriver) => worker.url().includes('/worker-');
  const worker = page.workers().find(isComputing) ?? (await page.waitForEvent('worker', isComputing));
  await worker.evaluate(() => {
    const scope = globalThis as unknown as Held;
    scope.held = [];
    const post = MessagePort.prototype.postMessage as (this: MessagePort, message: FromCompute) => void;
    MessagePort.prototype.postMessage = function (message: FromCompute) {
      if (message.kind === 'done' && scope.held !== null) scope.held.push({ port: this, message });
      else post.call(this, message);
    };
  });
  return () =>
    worker.evaluate(() => {
      const scope = globalThis as unknown as Held;
      const held = scope.held ?? [];
      scope.held = null;
      for (const { port, message } of held) port.postMessage(message);
    });
}
