import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';

declare global {
  interface Window {
    heard?: string[];
  }
}

const profile = newProfile();
let app: App;

test.beforeAll(async () => {
  app = await App.launch(profile.path, QUICK);
  await app.ask('createKey');
  await app.topUp();
  await app.until('a balance', ({ balance }) => BigInt(balance.units ?? 0) > 0n);
});
test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
});

/** In the page: keeps all that a screen reader would read out by itself from now on. */
function listen(): void {
  const heard: string[] = [];
  window.heard = heard;
  const live = '[role=status], [role=alert], [aria-live]';
  new MutationObserver((changes) => {
    const regions = changes.map(({ target }) =>
      (target instanceof Element ? target : target.parentElement)?.closest(live),
    );
    for (const region of new Set(regions)) {
      const text = region?.textContent.trim() ?? '';
      if (text !== '') heard.push(text);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

const heard = () => app.page.evaluate(() => window.heard ?? []);

/** How many tasks there are is read out once the list is there, however long that takes. */
const listIsReadOut = () =>
  expect.poll(async () => (await heard()).some((text) => /^\d+ tasks?$/.test(text))).toBe(true);

test('changes of meaning are read out; blocks, results and figures that go by are not', async () => {
  const { page } = app;
  await page.evaluate(listen);
  await app.ask('startMining');
  await app.until('mining', ({ miner }) => miner.kind === 'mining');
  await expect.poll(async () => (await heard()).at(-1)).toBe('Mining');
  for (const screen of ['dashboard', 'tasks', 'jobs', 'wallet', 'graphics']) {
    await page.getByTestId(`nav-${screen}`).click();
    await expect(page.getByTestId(`nav-${screen}`)).toHaveAttribute('aria-current', 'page');
    // What opening a screen has to say comes first.
    if (screen === 'tasks') await listIsReadOut();
    await expect(page.getByTestId('announcement')).toHaveText('');
    await page.evaluate(() => window.heard?.splice(0));
    const { proved } = (await app.state()).tasks.today;
    await app.until('three more results', ({ tasks }) => tasks.today.proved >= proved + 3);
    expect(await heard(), screen).toEqual([]);
  }
  await app.ask('pauseMining', 'manual');
  await expect.poll(heard).toEqual(['Paused: you paused it']);
});

test('what a search finds is read out once', async () => {
  const { page } = app;
  await page.getByTestId('nav-tasks').click();
  await expect(page.getByTestId('task-row').first()).toBeVisible();
  await listIsReadOut();
  await expect(page.getByTestId('announcement')).toHaveText('');
  await page.evaluate(() => window.heard?.splice(0));
  await page.getByTestId('task-search').fill('nothing has this');
  await expect.poll(heard).toEqual(['0 tasks']);
});
