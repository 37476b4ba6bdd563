import { createRunnableDevEnvironment, resolveConfig } from 'vite';
import { ROOT } from './paths.mjs';

/**
 * Imports a TypeScript module of this repository, and what it imports later on: vite's own `runnerImport` is closed once
 * the module is there. It is left to the process to end it.
 * @param {string} file its absolute path
 */
export async function importSource(file) {
  const config = await resolveConfig(
    {
      root: ROOT,
      configFile: false,
      envDir: false,
      logLevel: 'error',
      environments: {
        inline: {
          consumer: 'server',
          dev: { moduleRunnerTransform: true },
          resolve: { external: true, mainFields: [], conditions: ['node'] },
        },
      },
    },
    'serve',
  );
  const options = { runnerOptions: { hmr: { logger: false } }, hot: false };
  const environment = createRunnableDevEnvironment('inline', config, options);
  await environment.init();
  return environment.runner.import(file);
}
