import type { JSHandle, Page } from '@playwright/test';
import { App, firstLane, newProfile } from '../../e2e/driver/electron/app';
import type { AdapterInfo } from '../../src-shared/compute/adapter';
import { buildWorker, removeWorker, WORKER_PATH } from './build-worker';
import type { FromBenchWorker, Measure, Measured } from './measure';

/** Nothing is mined meanwhile. */
const IDLE = ['--block-time', '3600'];

type Running = {
  readonly app: App;
  readonly profile: ReturnType<typeof newProfile>;
  readonly adapter: AdapterInfo | null;
};

/** The app's own compute page in a real Electron, with a worker that runs the app's engines one measure at a time. */
export class ComputePage {
  /** The graphics adapter; null where there is none, not even a software one. */
  readonly adapter: Running['adapter'];
  readonly #running: Running;
  readonly #worker: JSHandle<Worker>;
  readonly #page: Page;
  #lastId = 0;

  private constructor(running: Running, page: Page, worker: JSHandle<Worker>) {
    this.adapter = running.adapter;
    this.#running = running;
    this.#page = page;
    this.#worker = worker;
  }

  /** Builds the worker beside the app's, and starts the app: with its graphics card, or else a software adapter. */
  static async open(): Promise<ComputePage> {
    await buildWorker();
    let running = await start(IDLE);
    if (running.adapter === null || running.adapter.software) {
      await stop(running);
      running = await start([...IDLE, '--software-gpu']);
    }
    const page = await App.windowOf(running.app.electron, 'app://compute/');
    const worker = await page.evaluateHandle((url) => new Worker(url, { type: 'module' }), WORKER_PATH);
    return new ComputePage(running, page, worker);
  }

  /** Cores as the page sees them. */
  get cores(): Promise<number> {
    return this.#page.evaluate(() => navigator.hardwareConcurrency);
  }

  /** Whether its WGSL has the packed integer dot product, native or not. */
  get hasDp4a(): Promise<boolean> {
    return this.#page.evaluate(
      () => navigator.gpu?.wgslLanguageFeatures.has('packed_4x8_integer_dot_product') ?? false,
    );
  }

  /** @throws Error with the worker's words where it cannot be measured */
  async measure(measure: Measure): Promise<Measured> {
    const id = ++this.#lastId;
    const answer = await this.#worker.evaluate(
      (worker, message) =>
        new Promise<FromBenchWorker>((resolve) => {
          const take = ({ data }: MessageEvent<FromBenchWorker>) => {
            if (data.id !== message.id) return;
            worker.removeEventListener('message', take);
            resolve(data);
          };
          worker.addEventListener('message', take);
          worker.addEventListener('error', (event) => resolve({ id: message.id, error: event.message }), {
            once: true,
          });
          worker.postMessage(message);
        }),
      { id, measure },
    );
    if ('error' in answer) throw new Error(`${JSON.stringify(measure)}: ${answer.error}`);
    return answer.measured;
  }

  async close(): Promise<void> {
    await stop(this.#running);
    removeWorker();
  }
}

async function start(args: string[]): Promise<Running> {
  const profile = newProfile();
  const app = await App.launch(profile.path, args);
  const state = await app.until('the compute page', (now) => firstLane(now).state !== 'starting');
  return { app, profile, adapter: firstLane(state).adapter };
}

async function stop({ app, profile }: Running): Promise<void> {
  await app.quit();
  profile.dispose();
}
