// `npm run controls [-- --only TEXT]`: takes each control of `lib/controls.mjs` out of a copy of the source, one by one,
// and runs the tests that must notice. Exits 1 where one is not noticed.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from './lib/build.mjs';
import { CONTROLS } from './lib/controls.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/paths.mjs';
import { capture } from './lib/run.mjs';
import { fail, say } from './lib/say.mjs';

const LEFT_OUT = new Set(['node_modules', '.git', 'dist', 'test-results', 'screenshots']);

const { only } = parseArgs({ options: { only: { type: 'string', default: '' } } }).values;
const chosen = CONTROLS.filter(({ name }) => name.includes(only));
if (chosen.length === 0) fail(`no control is called "${only}".`);

ensureDependencies();
ensureBuild();
const copy = mkdtempSync(join(tmpdir(), 'controls-'));
cpSync(ROOT, copy, { recursive: true, filter: (path) => path === ROOT || !LEFT_OUT.has(basename(path)) });
symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));

let unnoticed = 0;
try {
  const tests = [...new Set(chosen.flatMap((control) => control.tests))];
  if (!pass(tests)) fail('the tests fail as it is, with every control in its place.');
  for (const control of chosen) {
    const noticed = isNoticed(control);
    if (!noticed) unnoticed += 1;
    process.stdout.write(`${noticed ? '✓' : '✗'} ${control.name}\n`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
say(`${chosen.length - unnoticed} of ${chosen.length} controls are noticed where they are taken out`);
process.exit(unnoticed === 0 ? 0 : 1);

/** Whether a test fails once a control is taken out. */
function isNoticed({ name, file, from, to, tests }) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) fail(`${name}: ${file} does not have it exactly once.`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  try {
    return !pass(tests);
  } finally {
    writeFileSync(path, text);
  }
}

/** Whether all hold: files of tests, and runs of the simulator by their command lines. */
function pass(tests) {
  const runs = tests.filter((test) => test.startsWith('simulate '));
  const files = tests.filter((test) => !runs.includes(test));
  return (
    (files.length === 0 || capture('npx', ['--no-install', 'vitest', 'run', '--root', copy, ...files]).ok) &&
    runs.every((run) => simulate(run.split(' ').slice(1)))
  );
}

function simulate(args) {
  const { ok, output } = capture('node', [join(copy, 'scripts', 'simulate.mjs'), ...args]);
  const broken = output.split('\n').find((line) => line.startsWith('✗ '));
  if (broken !== undefined) say(`  ${broken}`);
  return ok;
}
