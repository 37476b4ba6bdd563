import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';

const profile = newProfile();
let app: App;
test.beforeAll(async () => {
  app = await App.launch(profile.path, ['--auto', ...QUICK]);
  await app.until('mining', ({ miner }) => miner.kind === 'mining');
});
test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
});

type Seen = { opened: number; asked: string[]; answer: (button: number) => void; proved: number };

/** In the app: the window's page crashes at each load until told otherwise, and what is said of it waits for an answer. */
async function crashEachPage(): Promise<void> {
  await app.electron.evaluate(({ app, BrowserWindow, dialog }) => {
    const seen: Seen = { opened: 0, asked: [], answer: () => undefined, proved: 0 };
    const crash = (window: Electron.BrowserWindow) => {
      seen.opened += 1;
      window.webContents.once('did-finish-load', () => window.webContents.forcefullyCrashRenderer());
    };
    app.on('browser-window-created', (_event, window) => crash(window));
    dialog.showMessageBox = (...args: unknown[]) => {
      seen.asked.push((args.at(-1) as Electron.MessageBoxOptions).message);
      return new Promise((resolve) => {
        seen.answer = (response) => resolve({ response, checkboxChecked: false });
      });
    };
    Object.assign(globalThis, { seen });
    const shown = BrowserWindow.getAllWindows().find((w) => w.webContents.getURL().startsWith('app://ui/'));
    shown?.webContents.forcefullyCrashRenderer();
  });
}

const seen = () =>
  app.electron.evaluate(() => {
    const { opened, asked } = (globalThis as unknown as { seen: Seen }).seen;
    return { opened, asked };
  });

test('a window that crashes at each load is opened ever later, then a person is asked; mining goes on meanwhile', async () => {
  await crashEachPage();
  await expect.poll(async () => (await seen()).asked, { timeout: 60_000 }).toHaveLength(1);
  // The first crash was that of the window before.
  expect(await seen()).toEqual({ opened: 4, asked: ['The window crashes again and again.'] });
  const mined = () => app.stdout.filter((line) => line.includes('proved')).length;
  const before = mined();
  await expect.poll(mined, { timeout: 30_000 }).toBeGreaterThan(before);
  // Neither the app nor its watch for a way in opened it behind the question.
  expect((await seen()).opened).toBe(4);

  await app.electron.evaluate(({ app }) => {
    app.removeAllListeners('browser-window-created');
    (globalThis as unknown as { seen: Seen }).seen.answer(1);
  });
  // Without a tray the app sees to it that there is a way in; a second start is another.
  await app.reopened(() => app.electron.evaluate(({ app }) => void app.emit('second-instance', {}, [], '')));
  await expect(app.page.getByTestId('miner-state')).toHaveAttribute('data-kind', 'mining');
});
