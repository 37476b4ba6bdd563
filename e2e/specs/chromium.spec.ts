import { expect, type Page, test } from '@playwright/test';
import type { UiApi } from '../../src-shared/ipc/ui-api';
import type { StatePush } from '../../src-shared/state/state';
import { seriousViolations } from '../driver/browser/accessibility';
import { SharedPage, testExactness } from '../driver/browser/engine-tests';
import { BROWSER, PageInBrowser } from '../driver/browser/served-pages';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { readingFaults } from '../driver/electron/reading';

test.skip(BROWSER === '', 'there is no browser of today here');

test.describe('in a Chromium of today, each engine', () => {
  testExactness(new SharedPage(() => PageInBrowser.open('compute')));
});

test.describe('in a Chromium of today, the window', () => {
  const profile = newProfile();
  const faults: string[] = [];
  let app: App;
  let shown: PageInBrowser;

  test.beforeAll(async () => {
    app = await App.launch(profile.path, ['--auto', ...QUICK]);
    await app.until('mining', ({ miner }) => miner.kind === 'mining');
    shown = await PageInBrowser.open('ui', (page) => standInFor(page, app, faults));
  });
  test.afterAll(async () => {
    await shown?.close();
    await app?.quit();
    profile.dispose();
  });

  test('shows each screen, in both languages and themes, without a fault in the console', async () => {
    const { page } = shown;
    await page.setViewportSize({ width: 960, height: 640 });
    for (const look of [
      { language: 'en', theme: 'light' },
      { language: 'ru', theme: 'dark' },
    ] as const) {
      await app.ask('updateSettings', look);
      await expect(page.locator('html')).toHaveAttribute('lang', look.language);
      await expect(page.locator('html')).toHaveAttribute('data-theme', look.theme);
      const links = page.locator('nav [data-testid^=nav-]');
      await expect(links.nth(6)).toBeVisible();
      const screens = await links.all();
      for (const screen of screens) {
        await screen.click();
        await expect(screen).toHaveAttribute('aria-current', 'page');
        const name = `${await screen.getAttribute('data-testid')} ${look.language}`;
        expect(await readingFaults(page), name).toEqual({ cut: [], scrollers: [], plain: [] });
        expect(await seriousViolations(page), name).toEqual([]);
      }
    }
    expect(faults).toEqual([]);
  });

  test('follows the miner, and has it do what a person wants', async () => {
    const { page } = shown;
    await app.ask('updateSettings', { language: 'en', theme: 'system' });
    await page.getByTestId('nav-tasks').click();
    const { tasks } = await app.state();
    const newest = tasks.recent[0]?.taskId;
    await app.until('another task', (now) => now.tasks.recent[0]?.taskId !== newest);
    await expect(page.getByTestId('task-row').first()).toBeVisible();
    await page.getByTestId('stop-button').click();
    await app.until('idle', ({ miner }) => miner.kind === 'idle');
    await expect(page.getByTestId('start-button')).toBeVisible();
    expect(faults).toEqual([]);
  });
});

/**
 * Gives a page in a browser the window's API, answered by a running app: what the page asks for, the app's own window
 * asks for, and what that is told, the page is told.
 * @param faults takes what the page complains of
 */
async function standInFor(page: Page, app: App, faults: string[]): Promise<void> {
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  await page.exposeFunction('askApp', (name: keyof UiApi, args: unknown[]) =>
    app.page.evaluate(
      ([asked, given]) => (window.miner[asked] as (...args: unknown[]) => Promise<unknown>)(...given),
      [name, args] as const,
    ),
  );
  await page.addInitScript(() => {
    const listeners = new Set<(push: StatePush) => void>();
    const scope = globalThis as unknown as {
      askApp: (name: string, args: unknown[]) => Promise<unknown>;
      tellPage: (push: StatePush) => void;
      miner: unknown;
    };
    scope.tellPage = (push) => {
      for (const listener of listeners) listener(push);
    };
    scope.miner = new Proxy(
      {
        onStateChanged: (listener: (push: StatePush) => void) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
      {
        get: (own: Record<string, unknown>, name: string) =>
          own[name] ?? ((...args: unknown[]) => scope.askApp(name, args)),
      },
    );
  });
  await app.page.exposeFunction('tellBrowser', (push: StatePush) =>
    page
      .evaluate(
        (told) => (globalThis as unknown as { tellPage: (push: StatePush) => void }).tellPage(told),
        push,
      )
      // The last ones may come as it closes.
      .catch(() => undefined),
  );
  await app.page.evaluate(() => {
    const { tellBrowser } = globalThis as unknown as { tellBrowser: (push: StatePush) => void };
    window.miner.onStateChanged((push) => tellBrowser(push));
  });
}
