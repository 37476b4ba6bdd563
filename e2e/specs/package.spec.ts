import { execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import Database from 'libsql';
// @ts-expect-error a script without types
import { checkDebFiles, checkFolder } from '../../scripts/lib/package-checks.mjs';
import { newProfile, QUICK } from '../driver/electron/app';
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
// What makes a Node of an Electron, and what one would run first.
const AS_NODE = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/nowhere.js' };
const run = (args: string[]) => withSwitches('--auto', '--profile', profile.path, ...QUICK, ...args);

test('holds what the app needs to run, with every fuse as the table has it, and nothing of where it was made', async () => {
  const deb = join(folder, 'deb');
  execFileSync('dpkg-deb', ['--extract', join(folder, made('.deb')), deb]);
  const checks = [...(await checkFolder(join(folder, made('-unpacked')))), ...checkDebFiles(deb)];
  expect(checks.length).toBeGreaterThan(8);
  expect(checks.filter(({ faults }) => faults.length > 0)).toEqual([]);
});

test('its program is no Node for anybody, and takes no options of one', () => {
  const help = execFileSync(programIn(made('-unpacked')), withSwitches('--help'), {
    env: environment(AS_NODE),
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

test('started from its folder, it shows its window and mines, and is open to no debugger', async () => {
  const port = await freePort();
  const debugging = ['--inspect=0', `--remote-debugging-port=${port}`, '--remote-debugging-pipe'];
  const app = spawn(programIn(made('-unpacked')), run([...debugging, '--remote-allow-origins=*']), {
    cwd: '/',
    env: environment({ ...withoutPrograms(), ...AS_NODE, LANGUAGE: 'en' }),
    // The last two are where a debugger writes and reads (--remote-debugging-pipe).
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const exit = once(app, 'exit');
  const told: string[] = [];
  for (const stream of [app.stderr, app.stdio[4]]) stream?.on('data', (chunk) => told.push(String(chunk)));
  try {
    const asked = app.stdio[3] as Writable; // as spawned above
    // That nobody reads it shows when the app ends.
    asked.on('error', () => undefined);
    asked.write('{"id":1,"method":"Browser.getVersion"}\0');
    await expect.poll(largeWindows).toBe(1);
    await expect.poll(() => provedIn(profile.path)).toBeGreaterThan(0);
    expect(await answers(port)).toBe(false);
  } finally {
    app.kill('SIGTERM');
  }
  expect(await exit).toEqual([0, null]);
  expect(told.join('')).not.toMatch(/listening|jsonrpc|"result"/i);
  expect(existsSync(join(profile.path, 'DevToolsActivePort'))).toBe(false);
});

/** Some systems take the sandbox's helper only from root: then the one that this test run has stands in. */
function lendSandbox(helper: string): void {
  rmSync(helper);
  symlinkSync(join(dirname(runtime().executable), 'chrome-sandbox'), helper);
}

/** How many windows are shown that a person can read in; toolkits open some of a few pixels beside. */
async function largeWindows(): Promise<number> {
  const shown = await shownWindows(environment().DISPLAY ?? '');
  return shown.filter(({ width, height }) => width >= 640 && height >= 480).length;
}

/** How many results are proved, by the journal of an app that runs or ran. */
function provedIn(profile: string): number {
  const file = join(profile, 'miner.sqlite');
  if (!existsSync(file)) return 0;
  const database = new Database(file, { readonly: true });
  try {
    const { count } = database
      .prepare("SELECT count(*) AS count FROM tasks WHERE state = 'proved'")
      .get() as {
      count: number; // as the query says
    };
    return count;
  } finally {
    database.close();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // of TCP
  server.close();
  await once(server, 'close');
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
