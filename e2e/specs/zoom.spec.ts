import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { SCREENS } from '../../src-renderer/ui/stores/navigation-store';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { fittingFaults } from '../driver/electron/fitting';
import { tellHistory } from '../driver/miner/told-history';

// The second goes on in the profile of the first.
test.describe.configure({ mode: 'serial' });

const FOLDER = join(import.meta.dirname, '..', '..', 'screenshots');
const SIZES = {
  usual: { width: 1280, height: 800 },
  smallest: { width: 960, height: 640 },
} as const;

const profile = newProfile();
let app: App;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  app = await App.launch(profile.path, QUICK);
});
test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
});

/** Gives the window a size, and magnifies what is in it twice, as Ctrl and + do in the end. */
async function magnify({ width, height }: { width: number; height: number }): Promise<void> {
  await app.electron.evaluate(
    ({ BrowserWindow }, size) => {
      const window = BrowserWindow.getAllWindows().find((w) =>
        w.webContents.getURL().startsWith('app://ui/'),
      );
      window?.setContentSize(size.width, size.height);
      window?.webContents.setZoomFactor(2);
    },
    { width, height },
  );
  await expect.poll(() => app.page.evaluate(() => window.innerWidth)).toBe(width / 2);
}

/** The window as it is seen: a page's own screenshot is of its first quarter where it is magnified. */
async function picture(): Promise<Buffer> {
  const base64 = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((w) => w.webContents.getURL().startsWith('app://ui/'));
    return (await window?.webContents.capturePage())?.toPNG().toString('base64') ?? '';
  });
  return Buffer.from(base64, 'base64');
}

async function expectFits(name: string): Promise<void> {
  for (const language of ['en', 'ru'] as const) {
    await app.ask('updateSettings', { language });
    await expect(app.page.locator('html')).toHaveAttribute('lang', language);
    for (const [size, bounds] of Object.entries(SIZES)) {
      await magnify(bounds);
      writeFileSync(join(FOLDER, `zoom-${name}-${language}-${size}.png`), await picture());
      const what = `${name} ${language} ${size}`;
      expect.soft(await fittingFaults(app.page), what).toEqual({ wider: 0, cut: [], overlapping: [] });
    }
  }
}

test('at twice the size every screen fits the window, in both languages', async () => {
  test.setTimeout(300_000);
  const { page } = app;
  const at = (id: string) => page.getByTestId(id);
  await expect(at('key-create')).toBeVisible();
  await expectFits('first-run-key');
  await at('key-create').click();
  await expect(at('backup-later')).toBeVisible();
  await expectFits('first-run-backup');
  await at('backup-later').click();
  await expect(at('graphics-check')).toHaveAttribute('data-verdict', 'ok');
  await expectFits('first-run-connect');
  await at('first-run-start').click();
  await app.until('results', ({ tasks: { today }, miner }) => today.proved >= 2 && miner.kind === 'mining');
  await app.ask('updateSettings', { validatorUrl: 'built-in' });
  for (const screen of SCREENS) {
    await at(`nav-${screen}`).click();
    if (screen === 'tasks') await at('task-row').first().waitFor();
    if (screen === 'doctor') await at('finding').first().waitFor();
    await expectFits(screen);
  }
  await at('doctor-tab-log').click();
  await expectFits('log');
  await at('nav-tasks').click();
  await page.locator('[data-testid=task-row][data-state=proved]').first().getByRole('button').first().click();
  await at('trail').waitFor();
  await expectFits('trail');
  await page.keyboard.press('Escape');
  await at('nav-wallet').click();
  await at('key-open').click();
  await at('key-drawer').waitFor();
  await expectFits('wallet-key');
  await page.keyboard.press('Escape');
  await app.ask('pauseMining', '1h');
  await app.until('paused', ({ miner }) => miner.kind === 'paused');
  await at('nav-dashboard').click();
  await expectFits('dashboard-paused');
});

test('a month of figures fits as well, as charts and as tables', async () => {
  test.setTimeout(120_000);
  await app.quit();
  tellHistory(profile.path, Date.now());
  app = await App.launch(profile.path, QUICK);
  const { page } = app;
  await page.getByTestId('history').locator('canvas').first().waitFor();
  await expectFits('history');
  await page.getByTestId('history-as-table').click();
  await page.getByTestId('results-as-table').click();
  await page.getByTestId('history-table').waitFor();
  await expectFits('history-tables');
});
