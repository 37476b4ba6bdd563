import { defineConfig } from '@playwright/test';

// A session of its own (display, bus, keyring) for each that drives an app: this file is read in each of them.
const sessions = JSON.parse(process.env.CPC_SESSIONS ?? '[{}]') as Record<string, string>[];
Object.assign(process.env, sessions[Number(process.env.TEST_PARALLEL_INDEX ?? 0)]);

export default defineConfig({
  testDir: './specs',
  outputDir: '../test-results/e2e',
  workers: sessions.length,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? '../test-results/e2e.json' }],
  ],
});
