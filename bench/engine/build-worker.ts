import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { assemblyScript } from '../../scripts/vite-assemblyscript';
import { fileBytes } from './vite-bytes';

const ROOT = join(import.meta.dirname, '..', '..');
const RENDERER = join(ROOT, 'out', 'renderer');
/** Where the page may load it from: the app serves nothing but its own assets. */
const FOLDER = 'assets/bench';

/** The worker's path on the compute page's origin. */
export const WORKER_PATH = `/${FOLDER}/worker.js`;

/** Builds the bench's worker in among the built app's assets. */
export async function buildWorker(): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [assemblyScript(), fileBytes()],
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

/** Leaves the built app as it was. */
export function removeWorker(): void {
  rmSync(join(RENDERER, FOLDER), { recursive: true, force: true });
}
