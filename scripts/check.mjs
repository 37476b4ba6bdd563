// `npm run check`: format and lint, types, layers, unused code. Every tool runs even where another failed.
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './lib/dependencies.mjs';
import { captureAside } from './lib/run.mjs';
import { say } from './lib/say.mjs';

const TOOLS = [
  ['format and lint', ['biome', 'check', '--error-on-warnings', '.']],
  ['types: shared', ['tsc', '-p', 'tsconfig.shared.json']],
  ['types: main', ['tsc', '-p', 'tsconfig.node.json']],
  ['types: e2e', ['tsc', '-p', 'tsconfig.e2e.json']],
  ['types: build', ['tsc', '-p', 'tsconfig.build.json']],
  ['types: preload', ['tsc', '-p', 'tsconfig.preload.json']],
  ['types: renderer', ['tsc', '-p', 'tsconfig.renderer.json']],
  ['layers', ['depcruise', 'src-shared', 'src-main', 'src-preload', 'src-renderer', 'e2e', '--no-progress']],
  ['unused', ['knip', '--no-progress']],
];

/** Runs all checks, one for each core at a time. @returns {Promise<{passed: number, failed: number}>} */
export async function runChecks() {
  const count = { passed: 0, failed: 0 };
  const left = [...TOOLS];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [name, [tool, ...args]] = next;
      const { ok, output } = await captureAside('npx', ['--no-install', tool, ...args]);
      count[ok ? 'passed' : 'failed'] += 1;
      say(`${ok ? '✓' : '✗'} ${name}`);
      if (!ok) say(output.trim().split('\n').slice(-60).join('\n'));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return count;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureDependencies();
  process.exit((await runChecks()).failed === 0 ? 0 : 1);
}
