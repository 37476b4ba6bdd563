import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';

let profile: ReturnType<typeof newProfile>;
let app: App;
test.beforeEach(async () => {
  profile = newProfile();
  app = await App.launch(profile.path, QUICK);
  await expect(app.page.getByTestId('welcome')).toBeVisible();
});
test.afterEach(async () => {
  await app.quit();
  profile.dispose();
});

const place = () =>
  app.electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((w) => w.webContents.getURL().startsWith('app://ui/'));
    return { bounds: window?.getNormalBounds(), zoom: window?.webContents.getZoomFactor() };
  });

test('the window opens where it was left, as large and as zoomed', async () => {
  const left = { x: 60, y: 40, width: 1100, height: 700 };
  await app.electron.evaluate(({ BrowserWindow }, bounds) => {
    const window = BrowserWindow.getAllWindows().find((w) => w.webContents.getURL().startsWith('app://ui/'));
    window?.setBounds(bounds);
  }, left);
  await expect.poll(place).toMatchObject({ bounds: left });
  await app.page.keyboard.press('Control+=');
  await expect.poll(async () => (await place()).zoom).toBeCloseTo(1.1);
  await app.quit();
  app = await App.launch(profile.path, QUICK);
  const again = await place();
  expect(again.bounds).toEqual(left);
  expect(again.zoom).toBeCloseTo(1.1);
  await app.page.keyboard.press('Control+0');
  await expect.poll(async () => (await place()).zoom).toBe(1);
});

test('a right click offers what can be done with the text there', async () => {
  const menu = app.electron.evaluate(
    ({ Menu }) =>
      new Promise<string[]>((shown) => {
        Menu.prototype.popup = function () {
          shown(this.items.map(({ label }) => label));
        };
      }),
  );
  await app.page.getByTestId('key-import-input').click({ button: 'right' });
  expect((await menu).filter((label) => label !== '')).toEqual(['Cut', 'Copy', 'Paste', 'Select all']);
});

test('what is read can be selected, what is pressed is not', async () => {
  const selected = () => app.page.evaluate(() => getSelection()?.toString() ?? '');
  await app.page
    .getByRole('heading')
    .first()
    .dblclick({ position: { x: 5, y: 5 } });
  expect(await selected()).not.toBe('');
  const styles = await app.page.evaluate(
    () => getComputedStyle(document.querySelector('button') ?? document.body).userSelect,
  );
  expect(styles).toBe('none');
});

for (const theme of ['light', 'dark'] as const) {
  test(`the first frame, before the code is read, has the colours of the ${theme} theme`, async () => {
    await app.page.emulateMedia({ colorScheme: theme });
    const [first, later] = await app.page.evaluate((name) => {
      const root = document.documentElement;
      const colours = () => [
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(root).colorScheme,
        getComputedStyle(root).getPropertyValue('--muted'),
      ];
      root.dataset.theme = name;
      const later = colours();
      delete root.dataset.theme;
      return [colours(), later];
    }, theme);
    expect(first).toEqual(later);
  });
}
