// `npm test`: everything that must hold, in one run: checks, unit, integration, end to end in a real Electron.
// `--only check|unit|e2e` runs one part; what follows goes to that part's runner.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { currentChromium } from './lib/current-chromium.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { CHECK_TOOLS } from './lib/package-checks.mjs';
import { ROOT } from './lib/paths.mjs';
import { foreground } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { ensureTools } from './lib/system-packages.mjs';

const RESULTS = join(ROOT, 'test-results');
const args = process.argv.slice(2);
const only = args[0] === '--only' ? args.splice(0, 2)[1] : null;
const wanted = (part) => only === null || only === part;

ensureDependencies();
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS);
const total = { passed: 0, failed: 0 };
const add = ({ passed, failed }) => {
  total.passed += passed;
  total.failed += failed;
};

if (wanted('check')) add((await import('./check.mjs')).runChecks());
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
  if (wanted('e2e')) add(await endToEnd(env));
  session.close();
  const engines = [
    runtime.name,
    ...(wanted('unit') ? [node.name] : []),
    ...(browser && wanted('e2e') ? [browser.name] : []),
  ];
  process.stdout.write(`Ran on ${engines.join(', ')}\n`);
}
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
  return counted(file, code, ({ numPassedTests, numFailedTests, numFailedTestSuites }) => ({
    passed: numPassedTests,
    // A suite that fails as a whole, as where its file does not load, has no failed tests.
    failed: numFailedTests || numFailedTestSuites,
  }));
}

async function endToEnd(env) {
  const file = join(RESULTS, 'e2e.json');
  const code = await foreground(
    'npx',
    ['--no-install', 'playwright', 'test', '--config=e2e/playwright.config.ts', ...(only ? args : [])],
    { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file } },
  );
  return counted(file, code, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
  }));
}

/** A runner's own figures; one that failed without any counts as one failure. */
function counted(file, code, read) {
  if (!existsSync(file)) {
    say(`✗ the runner left no report (exit code ${code})`);
    return { passed: 0, failed: 1 };
  }
  const { passed, failed } = read(JSON.parse(readFileSync(file, 'utf8')));
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}
