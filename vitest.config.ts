import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { assemblyScript } from './scripts/vite-assemblyscript.ts';

export default defineConfig({
  plugins: [assemblyScript()],
  test: {
    include: [
      'src-*/**/*.test.ts',
      'e2e/integration/**/*.test.ts',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    pool: 'forks',
    // All cores: by itself it leaves one idle, which is half of a machine with two.
    maxWorkers: availableParallelism(),
    testTimeout: 30_000,
    restoreMocks: true,
  },
});
