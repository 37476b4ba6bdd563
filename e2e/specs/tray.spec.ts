import { expect, test } from '@playwright/test';
import { App, launchElectron, newProfile, QUICK } from '../driver/electron/app';
import { Panel } from '../driver/electron/panel';
import { actOn } from '../driver/electron/ui-window';

test.skip(process.platform !== 'linux', 'only there does the tray come and go');

let profile: ReturnType<typeof newProfile>;
test.beforeEach(() => {
  profile = newProfile();
});
test.afterEach(() => profile.dispose());

const hasTray = (app: App, there: boolean) =>
  app.until(`${there ? 'a' : 'no'} tray`, (now) => now.app.trayAvailable === there);

test('a panel may come after the app, go, and come again: each shows the icon, and no window is ever out of reach', async () => {
  const app = await App.launch(profile.path, QUICK);
  expect((await app.state()).app.trayAvailable).toBe(false);
  const first = await Panel.start();
  await hasTray(app, true);
  await expect.poll(() => first.items).toHaveLength(1);
  await first.end();
  await hasTray(app, false);
  const second = await Panel.start();
  await hasTray(app, true);
  await expect.poll(() => second.items).toHaveLength(1);

  const closed = app.page.waitForEvent('close');
  await actOn(app.electron, 'ui', 'close');
  await closed;
  await app.reopened(() => second.end());
  await hasTray(app, false);
  await app.quit();
});

test('started hidden where there is no tray, the app has a window all the same', async () => {
  const electron = await launchElectron(['--profile', profile.path, '--hidden', ...QUICK]);
  const page = await App.windowOf(electron, 'app://ui/');
  await expect(page.getByTestId('welcome')).toBeVisible();
  await electron.close();
});

test('started hidden with a tray, the app stays there', async () => {
  const panel = await Panel.start();
  const electron = await launchElectron(['--profile', profile.path, '--hidden', ...QUICK]);
  await expect.poll(() => panel.items).toHaveLength(1);
  expect(electron.windows().some((page) => page.url().startsWith('app://ui/'))).toBe(false);
  await electron.close();
  await panel.end();
});
