import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';

const profile = newProfile();
let app: App;
test.beforeAll(async () => {
  app = await App.launch(profile.path, ['--auto', ...QUICK]);
});
test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
});

// Electron numbers its holds one by one from the start.
const MOST_HOLDS = 50;

/** How many holds on the computer's sleep the app has now. */
const holds = () =>
  app.electron.evaluate(
    ({ powerSaveBlocker }, most) =>
      Array.from({ length: most }, (_, id) => id).filter((id) => powerSaveBlocker.isStarted(id)).length,
    MOST_HOLDS,
  );

test('the computer is kept awake only where a person chose so, and only while it mines', async () => {
  await app.until('mining', ({ miner }) => miner.kind === 'mining');
  expect(await holds()).toBe(0);
  await app.page.getByTestId('nav-graphics').click();
  await app.page.getByTestId('graphics-keep-awake').click();
  await expect.poll(holds).toBe(1);

  await app.ask('pauseMining', 'manual');
  await app.until('paused', ({ miner }) => miner.kind === 'paused');
  await expect.poll(holds).toBe(0);
  await app.ask('resumeMining');
  await app.until('mining again', ({ miner }) => miner.kind === 'mining');
  await expect.poll(holds).toBe(1);

  await app.page.getByTestId('graphics-keep-awake').click();
  await expect.poll(holds).toBe(0);
});
