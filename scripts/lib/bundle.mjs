import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/**
 * Bundles a TypeScript program into one file that plain Node runs; packages are part of it.
 * @param {string} entry path in the repository
 * @param {import('vite').Plugin[]} plugins of this program alone
 * @returns {Promise<string>} the bundle's path
 */
export async function bundle(entry, plugins = []) {
  const { build, runnerImport } = await import('vite');
  const plugin = await runnerImport(join(ROOT, 'scripts', 'vite-assemblyscript.ts'), { configFile: false });
  const outDir = join(ROOT, 'out', 'programs');
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    plugins: [plugin.module.assemblyScript(), ...plugins],
    // One file starts faster than hundreds; the database brings its own binary.
    ssr: { noExternal: true, external: ['libsql'] },
    build: { ssr: join(ROOT, entry), outDir, emptyOutDir: false, target: 'node20' },
  });
  return join(outDir, entry.split('/').at(-1).replace(/\.ts$/, '.js'));
}
