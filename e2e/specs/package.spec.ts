import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { chromium, expect, test } from '@playwright/test';
import { newProfile, QUICK } from '../driver/electron/app';
import { asarFiles } from '../driver/electron/asar';
import { Headless } from '../driver/electron/headless';
import { environment, runtime } from '../driver/electron/runtime';

const ROOT = join(import.meta.dirname, '..', '..');
// Outside the checkout: within it a package that was left out would be found all the same.
const folder = mkdtempSync(join(tmpdir(), 'miner-package-'));
const resources = join(folder, 'linux-unpacked', 'resources');
// No Node, and none of the programs that the app asks where they are there.
const noPrograms = join(folder, 'no-programs');

test.skip(process.platform !== 'linux', 'packages are made on Linux');

test.beforeAll(async () => {
  test.setTimeout(300_000);
  mkdirSync(noPrograms);
  await promisify(execFile)(process.execPath, [join(ROOT, 'scripts', 'package.mjs'), '--output', folder], {
    // Squeezing it hard takes a minute that no test is the better for.
    env: environment({ ELECTRON_BUILDER_COMPRESSION_LEVEL: '1' }),
  });
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

let profile: ReturnType<typeof newProfile>;
test.beforeEach(() => {
  profile = newProfile();
});
test.afterEach(() => profile.dispose());

/** The packaged program in the folder it was put in, with what this machine and the test ask of it. */
const programIn = (place: string) => join(place, 'computechain-miner');
const withSwitches = (...args: string[]) => [...runtime().switches.slice(0, -1), ...args];
const run = (args: string[]) => withSwitches('--auto', '--profile', profile.path, ...QUICK, ...args);

test('holds what the app needs to run, and nothing of where it was made', () => {
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
  const help = execFileSync(programIn(join(folder, 'linux-unpacked')), withSwitches('--help'), {
    env: environment({ ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/nowhere.js' }),
    encoding: 'utf8',
  });
  expect(help).toContain('--headless');
});

test('unpacked from the tar.gz, without Node, it mines on the built-in network until a task is proved', async () => {
  const archive = readdirSync(folder).find((name) => name.endsWith('.tar.gz')) ?? '';
  expect(archive).toMatch(/^computechain-miner-\d+\.\d+\.\d+-linux-\w+\.tar\.gz$/);
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', folder]);
  const program = programIn(join(folder, archive.replace('.tar.gz', '')));
  const args = run(['--headless', '--json', '--tasks', '1']);
  const miner = new Headless(args, { PATH: noPrograms }, [program]);
  expect(await miner.exit).toBe(0);
  expect(miner.events).toContainEqual(expect.objectContaining({ event: 'task', state: 'proved' }));
});

test('started from its folder, it shows its window and mines', async () => {
  const app = spawn(programIn(join(folder, 'linux-unpacked')), run(['--remote-debugging-port=0']), {
    cwd: '/',
    env: environment({ PATH: noPrograms, LANGUAGE: 'en' }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exit = once(app, 'exit');
  const browser = await chromium.connectOverCDP(await devTools(app.stderr));
  const page = browser
    .contexts()[0]
    ?.pages()
    .find((open) => open.url().startsWith('app://ui/'));
  if (page === undefined) throw new Error('there is no window');
  await expect(page.getByTestId('miner-state')).toHaveAttribute('data-kind', 'mining');
  expect(await page.evaluate(() => document.visibilityState)).toBe('visible');
  app.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

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
