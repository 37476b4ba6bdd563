import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { SCREENS } from '../../src-renderer/ui/stores/navigation-store';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { Keyboard } from '../driver/electron/keyboard';

// One person without a mouse, from the first window on: each journey goes on where the last one ended.
test.describe.configure({ mode: 'serial' });

const PASSPHRASE = 'correct horse battery staple';
const OTHER = 'cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp';
const profile = newProfile();
const folder = mkdtempSync(join(tmpdir(), 'keyboard-'));
const file = (name: string) => join(folder, name);
let app: App;
const keys = new Keyboard(() => app.page);

test.beforeAll(async () => {
  app = await App.launch(profile.path, QUICK);
});
test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const at = (id: string): Locator => app.page.getByTestId(id);
const skip = () => app.page.locator('a[href="#content"]');

async function saveTo(path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
}

async function expectFocusWithin(id: string): Promise<void> {
  const isWithin = () => at(id).evaluate((element) => element.contains(document.activeElement));
  await expect.poll(isWithin, { message: `the focus is in ${id}` }).toBe(true);
}

test('the first run is gone through: a key, its backup, the network, the start', async () => {
  await keys.use(at('key-create'));
  await expect(at('first-run')).toHaveAttribute('data-step', 'back_up');
  await expect(app.page.getByRole('heading', { level: 1 })).toBeFocused();
  await saveTo(file('backup.json'));
  await keys.type(at('backup-new-passphrase'), 'short');
  await keys.type(at('backup-again'), 'short');
  await keys.press('Enter');
  await expect(at('backup-new-passphrase')).toHaveAttribute('aria-invalid', 'true');
  await keys.goTo(at('backup-new-passphrase'), true);
  await keys.type(at('backup-new-passphrase'), PASSPHRASE);
  await keys.type(at('backup-again'), PASSPHRASE);
  await keys.use(at('backup-write'));
  await expect(at('backup-written')).toContainText('backup.json');
  await expect(at('backup-write')).toBeFocused();
  const chooser = app.page.waitForEvent('filechooser');
  await keys.use(at('backup-check-choose'));
  await (await chooser).setFiles(file('backup.json'));
  await keys.type(at('backup-check-passphrase'), PASSPHRASE);
  await keys.press('Enter');
  await expect(at('backup-checked')).not.toBeEmpty();
  await keys.use(at('first-run-next'));
  await expect(at('first-run')).toHaveAttribute('data-step', 'connect');
  await expect(app.page.getByRole('heading', { level: 1 })).toBeFocused();
  await keys.goTo(at('node-built-in'));
  await keys.press('ArrowRight');
  await expect(at('node-remote')).toBeChecked();
  await keys.type(at('node-url'), 'nonsense');
  await keys.press('Enter');
  await expect(app.page.locator('form').getByTestId('error-text')).toHaveAttribute(
    'data-code',
    'invalid_node_url',
  );
  await keys.goTo(at('node-remote'), true);
  await keys.press('ArrowLeft');
  await expect(at('node-built-in')).toBeChecked();
  await keys.use(at('first-run-start'));
  await expect(at('miner-state')).toHaveAttribute('data-kind', 'mining');
});

test('the first stop skips to the content', async () => {
  await keys.use(skip());
  await expect(app.page.locator('#content')).toBeFocused();
  await keys.press('Tab');
  expect(
    await app.page.evaluate(() => document.querySelector('#content')?.contains(document.activeElement)),
  ).toBe(true);
});

test('mining is paused for a time, resumed, stopped and started, and the focus stays with its buttons', async () => {
  await keys.use(at('pause-button'));
  await expect(at('pause-15m')).toBeFocused();
  await keys.press('ArrowDown');
  await expect(at('pause-1h')).toBeFocused();
  await keys.press('Escape');
  await expect(at('pause-button')).toBeFocused();
  for (const preset of ['15m', '1h', 'tomorrow', 'manual']) {
    await keys.use(at('pause-button'));
    await expect(at('pause-15m')).toBeFocused();
    while (!(await at(`pause-${preset}`).evaluate((element) => element === document.activeElement)))
      await keys.press('ArrowDown');
    await keys.press('Enter');
    await expect(at('miner-state')).toHaveAttribute('data-kind', 'paused');
    await expectFocusWithin('state-line');
    await keys.use(at('resume-button'));
    await expect(at('miner-state')).not.toHaveAttribute('data-kind', 'paused');
    await expectFocusWithin('state-line');
  }
  await keys.use(at('stop-button'));
  await expect(at('miner-state')).toHaveAttribute('data-kind', 'idle');
  await expect(at('start-button')).toBeFocused();
  await keys.press('Enter');
  await expect(at('miner-state')).toHaveAttribute('data-kind', /starting|mining/);
  await expectFocusWithin('state-line');
});

test('a task is opened, its receipt saved, and the focus comes back to it', async () => {
  await app.until('a proved result', ({ tasks }) => tasks.recent.some(({ state }) => state === 'proved'));
  // What is new would move the rows, on the way to them as well.
  await app.ask('stopMining');
  await app.until('no task under way', ({ tasks }) =>
    tasks.recent.every(({ state }) => ['proved', 'abandoned'].includes(state)),
  );
  await keys.use(at('nav-tasks'));
  await expect(at('task-row').first()).toBeVisible();
  const row = app.page
    .locator('[data-testid=task-row][data-state=proved]')
    .first()
    .getByRole('button')
    .first();
  await keys.use(row);
  await expect(at('trail')).toBeVisible();
  await expectFocusWithin('trail');
  await saveTo(file('receipt.json'));
  await keys.use(at('receipt-save'));
  await expect(at('receipt-saved')).toContainText('receipt.json');
  expect(existsSync(file('receipt.json'))).toBe(true);
  await expectFocusWithin('trail');
  await keys.press('Escape');
  await expect(at('trail')).toHaveCount(0);
  await expect(row).toBeFocused();
});

test('a block is looked up and a result in it audited', async () => {
  const { tasks } = await app.state();
  const height = tasks.recent.find(({ state }) => state === 'proved')?.confirmedHeight ?? 0;
  await keys.use(at('nav-blocks'));
  await keys.goTo(at('lookup-kind'));
  await keys.press('ArrowDown');
  await expect(at('lookup-kind')).toHaveValue('height');
  await keys.type(at('lookup-value'), String(height));
  await keys.press('Enter');
  await expect(at('block-report')).toHaveAttribute('data-height', String(height));
  await keys.use(at('audit-sampled').first());
  await expect(at('audit-verdict').first()).toHaveAttribute('data-ok', 'true');
  await expect(at('audit-sampled').first()).toBeFocused();
});

test('coins are sent: typed, reviewed, agreed to', async () => {
  await keys.use(at('nav-wallet'));
  await keys.type(at('send-to'), OTHER);
  await keys.type(at('send-amount'), '1');
  await keys.press('Enter');
  await expect(at('order-review')).toBeVisible();
  await expectFocusWithin('order-review');
  await keys.press('Escape');
  await expect(at('order-review')).toHaveCount(0);
  await expect(at('send-amount')).toBeFocused();
  await keys.press('Enter');
  // Who goes on by Tab before it is there is elsewhere when it opens, and comes back there.
  await expect(at('order-review')).toBeVisible();
  await keys.use(at('order-send'));
  await expect(at('order-sent')).toBeVisible();
  await expectFocusWithin('order-review');
  await keys.use(at('order-close'));
  await expect(at('order-review')).toHaveCount(0);
  await expect(at('send-amount')).toBeFocused();
});

test('settings are changed, language and theme among them', async () => {
  await keys.use(at('nav-settings'));
  await keys.goTo(at('settings-language'));
  await keys.press('ArrowDown');
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'ru');
  await expect(at('settings-language')).toBeFocused();
  await keys.press('ArrowDown');
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'en');
  await keys.goTo(at('settings-theme'));
  await keys.press('End');
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await keys.use(at('settings-notifyBlocked'), 'Space');
  await app.until('the setting', ({ settings }) => !settings.notifyBlocked);
});

test('the doctor looks, and its report is saved', async () => {
  await keys.use(at('nav-doctor'));
  await expect(at('finding').first()).toBeVisible();
  await keys.use(at('doctor-look'));
  await expect(at('doctor-look')).toHaveAttribute('aria-busy', 'false');
  await expect(at('doctor-look')).toBeFocused();
  await saveTo(file('report.json'));
  await keys.goTo(at('doctor-save'), true);
  await keys.press('Enter');
  await expect(at('doctor-saved')).toContainText('report.json');
});

for (const screen of SCREENS)
  test(`the focus goes once around ${screen}, and is seen at each stop`, async () => {
    await keys.use(at(`nav-${screen}`));
    await expect(at(`nav-${screen}`)).toHaveAttribute('aria-current', 'page');
    // The rail alone has more stops than five.
    expect(await keys.goAround(skip())).toBeGreaterThan(5);
  });
