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
    testTimeout: 30_000,
    restoreMocks: true,
  },
});
