// `npm test`: everything that must hold, in one run: checks, unit, integration, end to end in a real Electron.
// `--only check|unit|e2e` runs one part; what follows goes to that part's runner.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { currentChromium } from './lib/current-chromium.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { CHECK_TOOLS } from './lib/package-checks.mjs';
import { ROOT } from './lib/paths.mjs';
import { foreground } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { openSession } from './lib/session.mjs';
import { ensureTools } from './lib/system-packages.mjs';

const RESULTS = join(ROOT, 'test-results');
// A core each; elsewhere than on Linux all windows share one display, where one would take the focus from another.
const MOST_SESSIONS = process.platform === 'linux' ? Math.min(4, availableParallelism()) : 1;
const args = process.argv.slice(2);
const only = args[0] === '--only' ? args.splice(0, 2)[1] : null;
const wanted = (part) => only === null || only === part;

ensureDependencies();
mkdirSync(RESULTS, { recursive: true });
for (const name of readdirSync(RESULTS)) {
  // What took half an hour to find out is not this run's to put away.
  if (name !== 'mutants') rmSync(join(RESULTS, name), { recursive: true, force: true });
}
const total = { passed: 0, failed: 0, named: [] };
const add = ({ passed, failed, named = [] }) => {
  total.passed += passed;
  total.failed += failed;
  total.named.push(...named);
};

if (wanted('check')) add(await (await import('./check.mjs')).runChecks());
if (wanted('unit') || wanted('e2e')) {
  ensureBuild();
  if (wanted('e2e') && process.platform === 'linux') ensureTools(CHECK_TOOLS);
  const browser = wanted('e2e') ? currentChromium() : null;
  const { prepareLaunch } = await import('./lib/launch.mjs');
  const { runtime, session, switches } = await prepareLaunch({
    ownSession: true,
    keyringFolder: join(RESULTS, 'keyring'),
    reader: wanted('e2e'),
  });
  const env = {
    ...session.env,
    CPC_ELECTRON: runtime.executable,
    CPC_ELECTRON_SWITCHES: JSON.stringify(switches),
    CPC_CHROMIUM: browser?.executable ?? '',
    CPC_MINER_CACHE: process.env.CPC_MINER_CACHE ?? '',
  };
  const { shippedNode } = await import('./lib/shipped-node.mjs');
  const node = await shippedNode();
  if (wanted('unit')) add(await unit(env, node));
  if (wanted('e2e')) {
    const others = await Promise.all(
      Array.from({ length: MOST_SESSIONS - 1 }, (_, index) => anotherSession(index)),
    );
    const sessions = [session, ...others];
    add(await endToEnd({ ...env, CPC_SESSIONS: JSON.stringify(sessions.map(ofSession)) }));
    for (const other of others) other.close();
  }
  session.close();
  const engines = [
    runtime.name,
    ...(wanted('unit') ? [node.name] : []),
    ...(browser && wanted('e2e') ? [browser.name] : []),
  ];
  process.stdout.write(`Ran on ${engines.join(', ')}\n`);
}
// Said once more at the end: a log that is cut keeps its last lines, and those must say what to look at.
for (const { name, why } of total.named) process.stdout.write(`✗ ${name}\n${indented(why)}\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

async function unit(env, node) {
  const file = join(RESULTS, 'unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await foreground(
    node.executable,
    [join('node_modules', 'vitest', 'vitest.mjs'), 'run', ...reporters, ...(only ? args : [])],
    { env },
  );
  return counted(file, code, ({ numPassedTests, numFailedTests, numFailedTestSuites, testResults }) => ({
    passed: numPassedTests,
    // A suite that fails as a whole, as where its file does not load, has no failed tests.
    failed: numFailedTests || numFailedTestSuites,
    named: testResults.flatMap(({ name, status, message, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === 'failed');
      const where = relative(ROOT, name);
      if (failed.length === 0) return status === 'failed' ? [{ name: where, why: message }] : [];
      return failed.map((test) => ({
        name: `${where} › ${test.fullName}`,
        why: test.failureMessages.join('\n'),
      }));
    }),
  }));
}

/** A display, a bus and a keyring more, so that apps under test meet neither in focus nor in the tray. */
function anotherSession(index) {
  const keyringFolder = join(RESULTS, `keyring-${index + 2}`);
  return openSession({ display: true, keyring: true, keyringFolder });
}

/** What tells a process which session it is in. */
function ofSession({ env: { DISPLAY, DBUS_SESSION_BUS_ADDRESS } }) {
  return { DISPLAY, DBUS_SESSION_BUS_ADDRESS };
}

async function endToEnd(env) {
  const file = join(RESULTS, 'e2e.json');
  const code = await foreground(
    'npx',
    ['--no-install', 'playwright', 'test', '--config=e2e/playwright.config.ts', ...(only ? args : [])],
    { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file } },
  );
  return counted(file, code, ({ stats, errors, suites }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    named: [
      ...suites.flatMap(specs).flatMap(({ file: where, title, tests }) =>
        tests
          .filter(({ status }) => status === 'unexpected' || status === 'flaky')
          .map(({ results }) => ({
            name: `${where} › ${title}`,
            why: results.flatMap((result) => result.errors.map(({ message }) => message ?? '')).join('\n'),
          })),
      ),
      ...errors.map(({ message }) => ({ name: 'Playwright', why: message ?? '' })),
    ],
  }));
}

/** Every spec of a suite and of those in it. */
function specs(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
}

/** The first lines of an error, set in under its test. */
function indented(text) {
  return text
    .split('\n')
    .slice(0, 12)
    .map((line) => `    ${line}`)
    .join('\n');
}

/** A runner's own figures; one that failed without any counts as one failure. */
function counted(file, code, read) {
  if (!existsSync(file)) {
    say(`✗ the runner left no report (exit code ${code})`);
    return { passed: 0, failed: 1 };
  }
  const { passed, failed, named } = read(JSON.parse(readFileSync(file, 'utf8')));
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), named };
}
