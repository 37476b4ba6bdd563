import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JSHandle, Page } from '@playwright/test';
import { build } from 'vite';
import { App, newProfile } from '../../e2e/driver/app';
import { assemblyScript } from '../../scripts/vite-assemblyscript';
import type { FromBenchWorker, Measure, Measured } from './measure';

const ROOT = join(import.meta.dirname, '..', '..');
const RENDERER = join(ROOT, 'out', 'renderer');
const FOLDER = 'assets/bench';

/** The app's own compute page in a real Electron, with a worker that runs the app's engines one measure at a time. */
export class ComputePage {
  readonly #app: App;
  readonly #profile: ReturnType<typeof newProfile>;
  readonly #worker: JSHandle<Worker>;
  readonly #page: Page;
  #lastId = 0;

  private constructor(
    app: App,
    profile: ReturnType<typeof newProfile>,
    page: Page,
    worker: JSHandle<Worker>,
  ) {
    this.#app = app;
    this.#profile = profile;
    this.#page = page;
    this.#worker = worker;
  }

  /** Builds the worker beside the app's, and starts the app with a software adapter; nothing is mined. */
  static async open(): Promise<ComputePage> {
    await buildWorker();
    const profile = newProfile();
    const app = await App.launch(profile.path, ['--software-gpu', '--block-time', '3600']);
    await app.until('the compute page', ({ compute }) => compute.adapter !== null);
    const page = await App.windowOf(app.electron, 'app://compute/');
    const script = `/${FOLDER}/worker.js`;
    const worker = await page.evaluateHandle((url) => new Worker(url, { type: 'module' }), script);
    return new ComputePage(app, profile, page, worker);
  }

  /** Cores as the page sees them. */
  get cores(): Promise<number> {
    return this.#page.evaluate(() => navigator.hardwareConcurrency);
  }

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
    if (answer.error !== undefined) throw new Error(`${JSON.stringify(measure)}: ${answer.error}`);
    return answer.measured ?? null;
  }

  async close(): Promise<void> {
    await this.#app.quit();
    this.#profile.dispose();
    rmSync(join(RENDERER, FOLDER), { recursive: true, force: true });
  }
}

/** Where the page may load it from: the app serves nothing but its own assets. */
async function buildWorker(): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [assemblyScript()],
    worker: {
      format: 'es',
      plugins: () => [assemblyScript()],
      rollupOptions: { output: { entryFileNames: `${FOLDER}/[name]-[hash].js` } },
    },
    build: {
      outDir: RENDERER,
      emptyOutDir: false,
      copyPublicDir: false,
      modulePreload: false,
      assetsDir: FOLDER,
      rollupOptions: {
        input: join(import.meta.dirname, 'worker.ts'),
        output: { entryFileNames: `${FOLDER}/worker.js` },
      },
    },
  });
}
