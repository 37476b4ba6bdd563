// `npm run check`: format and lint, types, layers, unused code. Every tool runs even where one before it failed.
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './lib/dependencies.mjs';
import { capture } from './lib/run.mjs';
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

/** Runs all checks. @returns {{passed: number, failed: number}} */
export function runChecks() {
  const count = { passed: 0, failed: 0 };
  for (const [name, [tool, ...args]] of TOOLS) {
    const { ok, output } = capture('npx', ['--no-install', tool, ...args], {
      shell: process.platform === 'win32',
    });
    count[ok ? 'passed' : 'failed'] += 1;
    say(`${ok ? '✓' : '✗'} ${name}`);
    if (!ok) say(output.trim().split('\n').slice(-60).join('\n'));
  }
  return count;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureDependencies();
  process.exit(runChecks().failed === 0 ? 0 : 1);
}
