import { execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { chromium, expect, test } from '@playwright/test';
import { newProfile, QUICK } from '../driver/electron/app';
import { asarFiles } from '../driver/electron/asar';
import { Headless } from '../driver/electron/headless';
import { environment, runtime } from '../driver/electron/runtime';
import { shownWindows } from '../driver/electron/shown-windows';
import { PlainValidator } from '../driver/world/plain-validator';
import { resultOf } from '../driver/world/right-result';

const ROOT = join(import.meta.dirname, '..', '..');
let folder = '';

test.skip(process.platform !== 'linux', 'packages are made on Linux');

test.beforeAll(async () => {
  test.setTimeout(300_000);
  // Outside the checkout: within it a package that was left out would be found all the same.
  folder = mkdtempSync(join(tmpdir(), 'miner-package-'));
  await promisify(execFile)(process.execPath, [join(ROOT, 'scripts', 'package.mjs'), '--output', folder], {
    // Squeezing it hard takes a minute that no test is the better for.
    env: environment({ ELECTRON_BUILDER_COMPRESSION_LEVEL: '1' }),
  });
  execFileSync('tar', ['-xzf', join(folder, made('.tar.gz')), '-C', folder]);
  for (const place of [made('-unpacked'), unpacked()]) lendSandbox(join(folder, place, 'chrome-sandbox'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

let profile: ReturnType<typeof newProfile>;
test.beforeEach(() => {
  profile = newProfile();
});
test.afterEach(() => profile.dispose());

/** The only thing of its kind that was made. */
const made = (ending: string) => readdirSync(folder).find((name) => name.endsWith(ending)) ?? '';
const unpacked = () => made('.tar.gz').replace('.tar.gz', '');
const programIn = (place: string) => join(folder, place, 'computechain-miner');
// No Node, and none of the programs that the app asks where they are there.
const withoutPrograms = () => ({ PATH: profile.path });
const withSwitches = (...args: string[]) => [...runtime().switches.slice(0, -1), ...args];
const run = (args: string[]) => withSwitches('--auto', '--profile', profile.path, ...QUICK, ...args);

test('holds what the app needs to run, and nothing of where it was made', () => {
  const resources = join(folder, made('-unpacked'), 'resources');
  const files = asarFiles(join(resources, 'app.asar'));
  const names = files.map(({ path }) => path);
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const tops = new Set(names.map((name) => name.split('/')[0]));
  expect([...tops].sort()).toEqual(['node_modules', 'out', 'package.json', 'resources']);
  expect(names.filter((name) => /\.(?:[cm]?tsx?|map)$|\.test\./.test(name))).toEqual([]);
  for (const name of Object.keys(devDependencies))
    expect(names.filter((path) => path.startsWith(`node_modules/${name}/`))).toEqual([]);
  const native = files.filter(({ path }) => path.endsWith('.node'));
  expect(native.map(({ path }) => path.split('/')[1]).sort()).toEqual(['@libsql', 'keytar']);
  for (const { path, unpacked } of native) {
    expect(unpacked).toBe(true);
    expect(existsSync(join(resources, 'app.asar.unpacked', path))).toBe(true);
  }
  expect(readdirSync(resources).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
  const archive = readFileSync(join(resources, 'app.asar'));
  for (const place of ['node_modules', 'src-main', 'out'])
    expect(archive.includes(join(ROOT, place))).toBe(false);
});

test('its program is no Node for anybody, and takes no options of one', () => {
  const help = execFileSync(programIn(made('-unpacked')), withSwitches('--help'), {
    env: environment({ ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/nowhere.js' }),
    encoding: 'utf8',
  });
  expect(help).toContain('--headless');
});

test('unpacked from the tar.gz, without Node, it mines on the built-in network until a task is proved', async () => {
  expect(unpacked()).toMatch(/^computechain-miner-\d+\.\d+\.\d+-linux-\w+$/);
  const args = run(['--headless', '--json', '--tasks', '1']);
  const miner = new Headless(args, withoutPrograms(), [programIn(unpacked())]);
  expect(await miner.exit).toBe(0);
  expect(miner.events).toContainEqual(expect.objectContaining({ event: 'task', state: 'proved' }));
});

test('unpacked, it does a validator’s jobs, one of them with matrices of its own in a frame that a thread reads', async () => {
  const validator = await PlainValidator.start();
  const matrix = (bytes: number) => randomBytes(bytes).toString('base64');
  const [rows, inner, columns] = [160, 200, 150];
  const given = { rows, inner, columns, a: matrix(rows * inner), b: matrix(inner * columns) };
  const payloads = [
    { challenge_type: 'matrix_mult', ...given },
    { challenge_type: 'synthetic', seed: 'ab'.repeat(32), matrix_size: 64, iterations: 3 },
  ];
  const args = run(['--headless', '--json', '--validator', validator.url, '--jobs', '2']);
  const miner = new Headless(args, withoutPrograms(), [programIn(unpacked())]);
  // Before its first task it is not on, and does no jobs.
  await miner.waitFor('its first task', ({ event }) => event === 'task');
  await validator.until('connected', () => validator.isConnected);
  for (const [name, payload] of payloads.entries()) validator.job(payload, String(name));
  expect(await miner.exit).toBe(0);
  for (const [name, payload] of payloads.entries()) {
    expect(validator.answersTo(String(name))).toMatchObject([{ result_hash: resultOf(payload) }]);
  }
  expect(miner.events).toContainEqual(expect.objectContaining({ event: 'job', state: 'delivered' }));
  await validator.close();
});

test('started from its folder, it shows its window and mines', async () => {
  const app = spawn(programIn(made('-unpacked')), run(['--remote-debugging-port=0']), {
    cwd: '/',
    env: environment({ ...withoutPrograms(), LANGUAGE: 'en' }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exit = once(app, 'exit');
  try {
    const address = await devTools(app.stderr);
    // Playwright that connects while pages open waits for ever now and then.
    await expect.poll(() => titles(address)).toEqual(['ComputeChain Miner', 'ComputeChain Miner compute']);
    await expect.poll(largeWindows).toBe(1);
    const browser = await chromium.connectOverCDP(address);
    const pages = browser.contexts().flatMap((context) => context.pages());
    const page = pages.find((open) => open.url().startsWith('app://ui/'));
    if (page === undefined) throw new Error('the window has another page');
    await expect(page.getByTestId('miner-state')).toHaveAttribute('data-kind', 'mining');
  } finally {
    app.kill('SIGTERM');
  }
  expect(await exit).toEqual([0, null]);
});

/** Some systems take the sandbox's helper only from root: then the one that this test run has stands in. */
function lendSandbox(helper: string): void {
  rmSync(helper);
  symlinkSync(join(dirname(runtime().executable), 'chrome-sandbox'), helper);
}

/** Where Chromium's developer tools listen, as it says on stderr. */
async function devTools(stderr: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(stderr)) {
    const address = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1];
    if (address === undefined) continue;
    stderr.resume();
    return address;
  }
  throw new Error('it ended before it listened');
}

/** How many windows are shown that a person can read in; toolkits open some of a few pixels beside. */
async function largeWindows(): Promise<number> {
  const shown = await shownWindows(environment().DISPLAY ?? '');
  return shown.filter(({ width, height }) => width >= 640 && height >= 480).length;
}

/** The titles of the pages that are open, in order. */
async function titles(address: string): Promise<string[]> {
  const list = await fetch(`http://${new URL(address).host}/json/list`);
  const pages = (await list.json()) as { readonly title: string }[]; // as Chromium's protocol says
  return pages.map(({ title }) => title).sort();
}
