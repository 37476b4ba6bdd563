import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';

// What one person does with their coins and keys, in one go: each step goes on where the last one ended.
test.describe.configure({ mode: 'serial' });

const PASSPHRASE = 'correct horse battery staple';
const OTHER = 'cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp';
const profile = newProfile();
const folder = mkdtempSync(join(tmpdir(), 'wallet-'));
const backup = join(folder, 'backup.json');
let app: App;
let address = '';

test.beforeAll(async () => {
  app = await App.launch(profile.path, QUICK);
  ({ address } = await app.ask('createKey'));
  await app.topUp();
  await app.until('a balance', ({ balance }) => BigInt(balance.units ?? 0) > 0n);
  await app.page.getByTestId('nav-wallet').click();
});
test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
  rmSync(folder, { recursive: true, force: true });
});

test('the address is read off the screen as it is', async () => {
  for (const theme of ['light', 'dark'] as const) {
    await app.ask('updateSettings', { theme });
    await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme);
    const picture = join(folder, 'code.png');
    await app.page.getByTestId('qr-code').screenshot({ path: picture });
    expect(
      execFileSync('zbarimg', ['--quiet', '--nodbus', '--raw', picture], { encoding: 'utf8' }).trim(),
    ).toBe(address);
  }
});

test('what can not be sent is refused where it was typed, and why', async () => {
  const { page } = app;
  const sendTo = async (to: string, amount: string) => {
    await page.getByTestId('send-to').fill(to);
    await page.getByTestId('send-amount').fill(amount);
    await page.getByTestId('send-review').click();
  };
  const problem = page.getByTestId('error-text');
  for (const [to, amount, words] of [
    ['', '1', /Type the address/],
    [address, '1', /sending to oneself/],
    ['cpcvalcons14fm9235mw6mc84az6p7dcvncfep8aau6abcdef', '1', /another kind/],
    [`${OTHER.slice(0, -1)}q`, '1', /checksum/],
    [OTHER, '', /Type how much/],
    [OTHER, '1,5', /decimal mark/],
    [OTHER, '0', /is zero/],
    [OTHER, '0.0000000000000000001', /at most 18 decimals/],
    [OTHER, '11', /balance, less what is under way, is 10/],
  ] as const) {
    await sendTo(to, amount);
    await expect(problem).toHaveText(words);
  }
  await app.ask('updateSettings', { language: 'ru' });
  await sendTo(`${OTHER.slice(0, -1)}q`, '1');
  await expect(problem).toHaveText(/опечатка/);
});

test('what is signed is shown to the digit, a decimal comma where the language has one, and then found in a block', async () => {
  const { page } = app;
  await page.getByTestId('send-to').fill(` ${OTHER.slice(0, 20)} \n${OTHER.slice(20)}`);
  await page.getByTestId('send-amount').fill('1,000000000000000001');
  await page.getByTestId('send-review').click();
  await expect(page.getByTestId('review-amount')).toHaveText('1,000000000000000001 CPC');
  await expect(page.getByTestId('review-fee')).toHaveText('0,000000000021 CPC');
  await expect(page.getByTestId('review-total')).toHaveAttribute('data-units', '1000000000021000001');
  await app.ask('updateSettings', { language: 'en' });
  await expect(page.getByTestId('review-left')).toHaveText('8.999999999978999999 CPC');
  await page.getByTestId('order-send').click();
  await expect(page.getByTestId('order-sent')).toBeVisible();
  await page.getByTestId('order-close').click();
  const row = page.locator('[data-testid=transfer-row]').first();
  await expect(row).toContainText('1.000000000000000001');
  await expect(row).toHaveAttribute('data-state', 'in_block');
  await app.until('the new balance', ({ balance }) => balance.units === '8999999999978999999');
});

test('a result from elsewhere is checked, signed and found in a block', async () => {
  const { page } = app;
  const taskId = '0f8fad5b-d9cb-469f-a165-70867728950e';
  await page.getByTestId('result-task-id').fill('0f8fad5b');
  await page.getByTestId('result-hash').fill('ab'.repeat(32));
  await page.getByTestId('result-review').click();
  await expect(page.getByTestId('error-text')).toHaveAttribute('data-code', 'invalid_task_id');
  await page.getByTestId('result-task-id').fill(taskId);
  await page.getByTestId('result-review').click();
  await expect(page.getByTestId('review-total')).toHaveText('0.00000000008 CPC');
  await page.getByTestId('order-send').click();
  await page.getByTestId('order-close').click();
  const { tasks } = await app.until('proved', (state) => state.tasks.recent[0]?.state === 'proved');
  expect(tasks.recent[0]).toMatchObject({ taskId, engine: null });
  expect(tasks.today).toMatchObject({ computed: 0, proved: 1 });
  await page.getByTestId('result-review').click();
  await expect(page.getByTestId('error-text')).toHaveAttribute('data-code', 'task_known');
});

test('a backup counts once it was opened, and the private key is shown to whoever asks', async () => {
  const { page } = app;
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, backup);
  await expect(page.getByTestId('key-row')).toHaveAttribute('data-kept', 'false');
  await page.getByTestId('key-open').click();
  await page.getByTestId('backup-new-passphrase').fill(PASSPHRASE);
  await page.getByTestId('backup-again').fill(PASSPHRASE);
  await page.getByTestId('backup-write').click();
  await expect(page.getByTestId('backup-written')).toContainText(backup);
  await page.getByTestId('backup-check-file').setInputFiles(backup);
  await page.getByTestId('backup-check-passphrase').fill('another');
  await page.getByTestId('backup-check').click();
  await expect(page.getByTestId('key-drawer').getByTestId('error-text')).toHaveAttribute(
    'data-code',
    'backup_passphrase_wrong',
  );
  await page.getByTestId('backup-check-passphrase').fill(PASSPHRASE);
  await page.getByTestId('backup-check').click();
  await expect(page.getByTestId('backup-checked')).toBeVisible();
  expect((await app.state()).key.keys).toEqual([{ address, name: '', kept: true }]);

  await expect(page.getByTestId('key-reveal')).toBeDisabled();
  await page.getByTestId('key-reveal-meant').check();
  await page.getByTestId('key-reveal').click();
  await expect(page.getByTestId('key-shown')).toHaveText(/^[0-9a-f]{8}( [0-9a-f]{8}){7}$/);
  const shown = (await page.getByTestId('key-shown').textContent())?.replaceAll(' ', '') ?? '';
  await page.getByTestId('key-copy').click();
  await expect.poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(shown);
  await page.getByTestId('key-hide').click();
  expect(await page.content()).not.toContain(shown.slice(0, 8));
  await page.getByTestId('key-name').fill('first');
  await page.getByTestId('key-rename').click();
  await expect(page.getByTestId('key-drawer')).toContainText('first');
});

test('a new key takes over with everything, and the old one can be removed', async () => {
  const { page } = app;
  await page.getByTestId('key-rotate').click();
  const { balance } = await app.state();
  await expect(page.getByTestId('review-left')).toHaveAttribute('data-units', '0');
  await expect(page.getByTestId('review-total')).toHaveAttribute('data-units', balance.units ?? '');
  await page.getByTestId('order-send').click();
  await page.getByTestId('order-close').click();
  const { key } = await app.until('the new key', (state) => state.key.address !== address);
  expect(key.keys.map(({ name }) => name)).toEqual(['first', 'New key']);
  await app.until('its balance', (state) => BigInt(state.balance.units ?? 0) > 8n * 10n ** 18n);
  await expect(page.getByTestId('address')).toHaveAttribute('data-address', key.address ?? '');
  await page.locator(`[data-testid=key-row][data-address=${address}]`).getByTestId('key-open').click();
  await page.getByTestId('key-forget-meant').check();
  await page.getByTestId('key-forget').click();
  await expect(page.getByTestId('key-row')).toHaveCount(1);
  // Its backup brings it back.
  await page.getByTestId('key-add').click();
  await page.getByTestId('backup-file').setInputFiles(backup);
  await page.getByTestId('backup-passphrase').fill(PASSPHRASE);
  await page.getByTestId('backup-restore').click();
  await expect(page.getByTestId('key-row')).toHaveCount(2);

  // The next one is made anew each time: one of that name may be the one that was replaced.
  for (const count of [3, 4]) {
    const inUse = (await app.state()).key.address ?? '';
    await page.locator(`[data-testid=key-row][data-address=${inUse}]`).getByTestId('key-open').click();
    await page.getByTestId('key-rotate').click();
    await page.getByTestId('order-cancel').click();
    await expect(page.getByTestId('key-row')).toHaveCount(count);
  }
});
