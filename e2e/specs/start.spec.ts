import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { Headless } from '../driver/electron/headless';
import { runtime } from '../driver/electron/runtime';

let profile: ReturnType<typeof newProfile>;
test.beforeEach(() => {
  profile = newProfile();
});
test.afterEach(() => profile.dispose());

/** A start with a window whose messages are written down, and answered at once. */
function answered(args: string[], env: Record<string, string> = {}): Headless {
  const { executable, switches } = runtime();
  const stand = join(import.meta.dirname, '..', 'driver', 'electron', 'answering');
  const command = [executable, ...switches.slice(0, -1), stand];
  return new Headless(['--profile', profile.path, ...args], { LANGUAGE: 'en', ...env }, command);
}

test('what the desktop, an updater or a browser adds to a double click is ignored, and written down', async () => {
  const foreign = [
    '--updated',
    '-psn_0_989382',
    '--password-store=basic',
    'https://example.com/?a=b',
    '/a/file',
  ];
  const app = await App.launch(profile.path, [...foreign, ...QUICK]);
  await app.until('the network', ({ node }) => node.height !== null);
  await app.quit();
  const log = readFileSync(join(profile.path, 'logs', 'main.log'), 'utf8');
  expect(log).toContain(
    'ignored on the command line: --updated -psn_0_989382 https://example.com/?a=b /a/file',
  );
});

test('an option of ours that is misspelt ends a start with a window too, and without a terminal is shown', async () => {
  const start = answered(['--matrixsize=64']);
  expect(await start.exit).toBe(2);
  expect(start.stderr.join('\n')).toContain('--matrixsize');
  expect(start.events).toHaveLength(1);
  expect(start.events[0]).toMatchObject({
    type: 'error',
    message: 'The app was started with an option that it does not understand.',
    detail: expect.stringContaining('--matrixsize'),
  });
});

test('an empty --profile is refused, and shown as such', async () => {
  const start = answered(['--profile', '']);
  expect(await start.exit).toBe(2);
  expect(start.events).toMatchObject([
    { type: 'error', detail: expect.stringContaining('--profile takes a folder') },
  ]);
});

test('a profile that can not be written to is said on the screen', async () => {
  const file = join(profile.path, 'file');
  writeFileSync(file, '');
  const start = answered(['--profile', join(file, 'profile')]);
  expect(await start.exit).toBe(1);
  expect(start.events).toMatchObject([
    { type: 'error', message: 'The app could not start.', detail: expect.stringContaining(file) },
  ]);
});

test('a database that can not be opened is said in both languages, and opened once what is in the way is gone', async () => {
  const database = join(profile.path, 'miner.sqlite');
  for (const [language, said, again] of [
    ['en', /^The app’s .*, then try again\./, 'Try again'],
    ['ru', /повторите попытку\./, 'Повторить'],
  ] as const) {
    rmSync(database, { force: true });
    mkdirSync(database);
    const start = answered(QUICK, { LANGUAGE: language, CPC_IN_THE_WAY: database });
    await start.waitFor('how things stand', ({ event }) => event === 'said');
    const [message] = start.events;
    expect(message).toMatchObject({ type: 'error', detail: expect.stringMatching(said), cancelId: 1 });
    expect(message?.detail).toContain(database);
    expect(message?.buttons).toEqual([again, expect.any(String)]);
    expect(start.stderr.join('\n')).toContain(database);
    expect(await start.stop()).toBe(0);
  }
});

test('a start with a window on the profile of a run without one says so, and ends as a mistake', async () => {
  const first = new Headless(['--profile', profile.path, '--auto', ...QUICK]);
  await first.waitFor('a block', ({ event }) => event === 'block');
  const second = answered(QUICK);
  expect(await second.exit).toBe(1);
  expect(second.events).toHaveLength(1);
  expect(second.events[0]).toMatchObject({
    type: 'error',
    message: 'The miner runs already, without a window.',
    detail: expect.stringContaining(profile.path),
  });
  expect(second.events[0]?.detail).toContain(String(first.process.pid));
  expect(second.stderr.join('\n')).toContain(profile.path);
  expect(await first.stop()).toBe(0);
});
