import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';

let profile: ReturnType<typeof newProfile>;
let app: App;
test.beforeEach(async () => {
  profile = newProfile();
  app = await App.launch(profile.path, QUICK);
  await app.until('the network', ({ node }) => node.height !== null);
});
test.afterEach(() => profile.dispose());

/** Does something that ends the app, and gives its exit code. */
async function exitCode(act: () => Promise<unknown>): Promise<unknown> {
  const exit = once(app.electron.process(), 'exit');
  // What it is told may have no time to be answered.
  await act().catch(() => undefined);
  return (await exit)[0];
}

test('the window quits by keyboard, before there is a key too', async () => {
  await expect(app.page.getByTestId('welcome')).toBeVisible();
  expect(await exitCode(() => app.page.keyboard.press('Control+q'))).toBe(0);
});

test('the window has a button to quit, at its first screen and after', async () => {
  await expect(app.page.getByTestId('welcome').getByTestId('quit-button')).toBeVisible();
  await app.ask('createKey');
  const button = app.page.getByRole('navigation').getByTestId('quit-button');
  expect(await exitCode(() => button.click())).toBe(0);
});

test('a session that ends is not held up: not by a network that does not end, nor by a quit that waits for it', async () => {
  const network = await app.devnetPid();
  process.kill(network, 'SIGSTOP');
  const code = await exitCode(() =>
    app.electron.evaluate(({ app, powerMonitor }) => {
      app.quit();
      // Between two events, as the real one comes.
      setImmediate(() => setImmediate(() => powerMonitor.emit('shutdown')));
    }),
  );
  process.kill(network, 'SIGKILL');
  expect(code).toBe(0);
  app = await App.launch(profile.path, QUICK);
  await app.until('the network again', ({ node }) => node.height !== null);
  await app.quit();
});
