import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { App, launchElectron, newProfile, QUICK } from '../driver/electron/app';
import { Headless } from '../driver/electron/headless';
import { environment, runtime } from '../driver/electron/runtime';
import { actOn, recordWindow } from '../driver/electron/ui-window';

// One running app is used, crashed and brought back, step by step; only the last step starts it anew.
test.describe.configure({ mode: 'serial' });

const profile = newProfile();
let app: App;

test.beforeAll(async () => {
  app = await App.launch(profile.path, ['--auto', ...QUICK]);
  await provesAnother();
});

test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
});

/** Waits for one more proved result than there are now. */
async function provesAnother(): Promise<void> {
  const {
    tasks: { today },
  } = await app.state();
  await app.until(
    'one more proved result',
    (now) => now.miner.kind === 'mining' && now.tasks.today.proved > today.proved,
  );
}

test('closing the window minimises it where there is no tray, and mining goes on', async () => {
  expect((await app.state()).app.trayAvailable).toBe(false);
  const calls = await recordWindow(app.electron);
  await actOn(app.electron, 'ui', 'close');
  expect(await calls()).toEqual(['minimize']);
  await provesAnother();
});

test('a second start on the same profile restores and focuses the window that is there, and ends', async () => {
  const calls = await recordWindow(app.electron);
  await actOn(app.electron, 'ui', 'minimize');
  const told = app.electron.evaluate(
    ({ app }) => new Promise<void>((resolve) => app.once('second-instance', () => resolve())),
  );
  const { executable, switches } = runtime();
  const second = spawn(executable, [...switches, '--profile', profile.path, ...QUICK], {
    env: environment(),
    stdio: 'ignore',
  });
  expect(await once(second, 'exit')).toEqual([0, null]);
  await told;
  expect(await calls()).toEqual(['minimize', 'restore', 'show', 'focus']);
  expect(app.electron.windows().filter((page) => page.url().startsWith('app://ui/'))).toHaveLength(1);
});

test('a second start without a window, on a profile in use, fails and names the reason', async () => {
  const second = new Headless(['--profile', profile.path, ...QUICK]);
  expect(await second.exit).toBe(1);
  expect(second.events).toEqual([
    expect.objectContaining({ event: 'error', code: 'profile_in_use', params: { path: profile.path } }),
  ]);
  expect(second.stderr.join('\n')).toContain(profile.path);
  await provesAnother();
});

test('an exception that nobody caught ends a run without a window with exit code 1, not in a dialog that nobody sees', async () => {
  const other = newProfile();
  const miner = await launchElectron(['--headless', '--json', '--auto', '--profile', other.path, ...QUICK]);
  const exit = once(miner.process(), 'exit');
  const { stdout } = miner.process();
  if (stdout === null) throw new Error('no pipe');
  await once(stdout, 'data');
  await miner.evaluate(() => {
    setImmediate(() => {
      throw new Error('an exception on purpose');
    });
  });
  expect(await exit).toEqual([1, null]);
  other.dispose();
});

test('with a window such an exception is shown beside the mining, which goes on', async () => {
  const detail = await app.electron.evaluate(
    ({ dialog }) =>
      new Promise<string | undefined>((shown) => {
        dialog.showMessageBox = (async (_window: unknown, { detail }: Electron.MessageBoxOptions) => {
          shown(detail);
          return { response: 0, checkboxChecked: false };
        }) as typeof dialog.showMessageBox;
        setImmediate(() => {
          throw new Error('an exception on purpose');
        });
      }),
  );
  const file = join(profile.path, 'logs', 'main.log');
  expect(detail).toContain('an exception on purpose');
  expect(detail).toContain(file);
  expect(readFileSync(file, 'utf8')).toContain('Error: an exception on purpose');
  await provesAnother();
});

test('a pause says until when, plans nothing meanwhile, and ends when the person resumes', async () => {
  const { page } = app;
  await page.getByTestId('pause-button').click();
  await page.getByTestId('pause-15m').click();
  const paused = await app.until('paused', ({ miner }) => miner.kind === 'paused');
  if (paused.miner.kind !== 'paused') throw new Error('not paused');
  const [pause] = paused.miner.reasons;
  expect(pause?.reason).toBe('manual');
  expect((pause?.untilMs ?? 0) - paused.miner.sinceMs).toBeGreaterThan(15 * 60_000 - 2000);
  expect((pause?.untilMs ?? 0) - paused.miner.sinceMs).toBeLessThanOrEqual(15 * 60_000);
  const until = new Intl.DateTimeFormat('en', { timeStyle: 'short' }).format(pause?.untilMs ?? 0);
  // With the day before it where that is another one.
  await expect(page.getByTestId('state-line')).toContainText(new RegExp(`until .*${until}`));

  const newest = paused.tasks.recent[0]?.taskId;
  const later = await app.until(
    'three more blocks',
    ({ node }) => (node.height ?? 0) >= (paused.node.height ?? 0) + 3,
  );
  expect(later.tasks.recent[0]?.taskId).toBe(newest);
  expect(later.miner.kind).toBe('paused');

  await page.getByTestId('resume-button').click();
  await expect(page.getByTestId('pause-button')).toBeVisible();
  await provesAnother();
});

test('sleep pauses by name, waking goes on, and a locked screen changes nothing', async () => {
  const emit = (event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen') =>
    // Between two events, as the real ones come.
    app.electron.evaluate(
      ({ powerMonitor }, name) => void setImmediate(() => powerMonitor.emit(name)),
      event,
    );
  await emit('suspend');
  const asleep = await app.until('paused', ({ miner }) => miner.kind === 'paused');
  expect(asleep.miner).toMatchObject({ reasons: [{ reason: 'suspended', untilMs: null }] });
  await emit('resume');
  await provesAnother();
  await emit('lock-screen');
  await provesAnother();
  await emit('unlock-screen');
});

test('the window comes back by itself when its renderer crashes, and mining goes on', async () => {
  const before = await app.state();
  await app.reopened(() => actOn(app.electron, 'ui', 'crash'));
  await expect(app.page.getByTestId('miner-state')).toHaveAttribute('data-kind', 'mining');
  const after = await app.state();
  expect(after.key).toEqual(before.key);
  expect(app.electron.windows().filter((page) => page.url().startsWith('app://ui/'))).toHaveLength(1);
  await provesAnother();
});

test('the development network may be killed: the miner is blocked at the node, and goes on by itself on the same chain', async () => {
  const before = await app.state();
  const blocked = app.until(
    'blocked at the node',
    ({ miner }) => miner.kind === 'blocked' && miner.stage === 'node',
  );
  process.kill(await app.devnetPid(), 'SIGKILL');
  const { miner } = await blocked;
  expect(miner).toMatchObject({ error: { code: 'node_unreachable', remedy: 'restart_node' } });
  await provesAnother();
  const after = await app.state();
  expect(after.node.height).toBeGreaterThan(before.node.height ?? 0);
  expect(after.node.error).toBeNull();
  // The same chain: what was proved before still is.
  expect((await tasks('proved')).total).toBeGreaterThan(before.tasks.today.proved);
  expect((await tasks('superseded')).total + (await tasks('rejected')).total).toBe(0);
});

test('a development network that does not end when asked does not keep the app from ending', async () => {
  process.kill(await app.devnetPid(), 'SIGSTOP');
  await app.quit();
  app = await App.launch(profile.path, QUICK);
  await provesAnother();
});

test('another language is spoken at once, and still after a restart, where mining goes on without a click', async () => {
  await app.page.getByTestId('nav-settings').click();
  await app.page.getByTestId('settings-language').selectOption('ru');
  await expect(app.page.getByTestId('nav-settings')).toHaveText('Настройки');
  await expect(app.page.getByTestId('miner-state')).toHaveText('Майнит');
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'ru');
  await app.quit();

  app = await App.launch(profile.path, QUICK);
  await expect(app.page.getByTestId('nav-settings')).toHaveText('Настройки');
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'ru');
  await provesAnother();
});

function tasks(state: 'proved' | 'superseded' | 'rejected') {
  return app.ask('listTasks', { states: [state], search: '', offset: 0, limit: 1 });
}
