// `npm run mutants [-- --folder FOLDER] [--file GLOB] [--concurrency N] [--again]`: puts faults into the code of a folder,
// one by one (https://stryker-mutator.io), and runs the tests that reach each. Prints what they noticed, by file, and
// exits 1 where a folder's share is below 85 %. What lives, with its place, is in `test-results/mutants/FOLDER/`.
// Left as they are: sentences of errors (`lib/mutants-texts.mjs`), and what runs once, when a module loads, as each of
// those takes all tests of the folder.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { FOLDERS } from './lib/mutants.mjs';
import { ROOT } from './lib/paths.mjs';
import { foreground } from './lib/run.mjs';
import { fail } from './lib/say.mjs';
import { shippedNode } from './lib/shipped-node.mjs';

const WANTED_PERCENT = 85;
/** Databases of tests on a disk that is none: thousands of runs wait for no disk. */
const QUICK_FOLDER = existsSync('/dev/shm') ? { TMPDIR: '/dev/shm' } : {};

const { folder, concurrency, file, again } = parseArgs({
  options: {
    folder: { type: 'string' },
    concurrency: { type: 'string', default: '2' },
    // Takes over what a run before found out, where neither the code nor its tests have changed.
    again: { type: 'boolean', default: false },
    // Files of the folder to put faults into; figures are of all that were looked at so far.
    file: { type: 'string' },
  },
}).values;
const chosen = folder === undefined ? Object.keys(FOLDERS) : [folder.replace(/\/$/, '')];
for (const one of chosen) {
  if (!Object.hasOwn(FOLDERS, one))
    fail(`no tests are named for ${one}: ${Object.keys(FOLDERS).join(', ')}.`);
}

ensureDependencies();
const node = await shippedNode();
let isMissed = false;
for (const one of chosen) isMissed = !(await measure(one)) || isMissed;
process.exit(isMissed ? 1 : 0);

/** Whether the tests notice enough of what is put into a folder. */
async function measure(one) {
  const work = join(ROOT, 'test-results', 'mutants', one);
  mkdirSync(work, { recursive: true });
  const at = (name) => relative(ROOT, join(work, name));
  const config = join(work, 'stryker.json');
  writeFileSync(config, JSON.stringify(configuration(one, at)));
  const stryker = join(ROOT, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const code = await foreground(node.executable, [stryker, 'run', config], {
    env: { ...process.env, ...QUICK_FOLDER, CPC_MUTANTS_TESTS: JSON.stringify(FOLDERS[one]) },
  });
  if (code !== 0) fail(`the mutation tool ended with ${code}.`);
  return told(one, JSON.parse(readFileSync(join(work, 'report.json'), 'utf8')).files);
}

function configuration(one, at) {
  return {
    mutate: [`${one}/${file ?? '**/*.ts'}`, `!${one}/**/*.test.ts`],
    plugins: ['@stryker-mutator/vitest-runner', join(ROOT, 'scripts', 'lib', 'mutants-texts.mjs')],
    ignorers: ['texts'],
    testRunner: 'vitest',
    vitest: { configFile: 'scripts/lib/vitest-mutants.config.ts', related: false, pool: 'threads' },
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    concurrency: Number(concurrency),
    timeoutMS: 5000,
    timeoutFactor: 2,
    incremental: true,
    incrementalFile: at('incremental.json'),
    force: !again,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: at('report.json') },
    tempDirName: at('copy'),
    ignorePatterns: ['/out', '/dist', '/screenshots', '/test-results'],
    disableTypeChecks: false,
    allowEmpty: true,
  };
}

/** Prints a folder's figures, file by file; whether its share is enough. */
function told(one, files) {
  const rows = Object.entries(files).map(([file, { mutants }]) => {
    const count = (...states) => mutants.filter(({ status }) => states.includes(status)).length;
    return {
      name: relative(one, file),
      killed: count('Killed', 'Timeout'),
      survived: count('Survived'),
      uncovered: count('NoCoverage'),
      left: count('Ignored', 'CompileError', 'RuntimeError'),
    };
  });
  const sum = { name: one, killed: 0, survived: 0, uncovered: 0, left: 0 };
  for (const row of rows) for (const key of ['killed', 'survived', 'uncovered', 'left']) sum[key] += row[key];
  const width = Math.max(...[...rows, sum].map(({ name }) => name.length));
  const line = (name, ...cells) =>
    process.stdout.write(`${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(13)).join('')}\n`);
  line('', 'killed', 'survived', 'not covered', 'left as is', 'share');
  for (const row of [...rows, sum]) {
    line(row.name, row.killed, row.survived, row.uncovered, row.left, `${percent(row).toFixed(1)} %`);
  }
  return percent(sum) >= WANTED_PERCENT;
}

function percent({ killed, survived, uncovered }) {
  const all = killed + survived + uncovered;
  return all === 0 ? 100 : (100 * killed) / all;
}
