import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';

// One key that is backed up, lost and brought back, step by step.
test.describe.configure({ mode: 'serial' });

const profile = newProfile();
const backup = join(profile.path, 'backup.json');
// Keys in a file, which a test can lose.
const VAULT = { CPC_MINER_PASSPHRASE: 'of the vault' };
const PASSPHRASE = 'of the backup';
let app: App;
let address = '';

const keyFile = () => join(profile.path, 'keys', `${address}.json`);
const launch = async () => {
  app = await App.launch(profile.path, QUICK, VAULT);
};
test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
});

/** Starts the app again after something was done to its key. */
async function again(harm: () => void): Promise<void> {
  await app.quit();
  harm();
  await launch();
  await expect(app.page.getByTestId('welcome')).toBeVisible();
}

async function expectEveryWay(): Promise<void> {
  const ways = [
    'key-import-input',
    'backup-choose',
    'backup-restore',
    'key-replace-meant',
    'welcome-settings',
    'quit-button',
  ];
  for (const way of ways) await expect(app.page.getByTestId(way)).toBeVisible();
}

test('the wallet writes a backup of the key, sealed, where the person chooses', async () => {
  await launch();
  ({ address } = await app.ask('createKey'));
  await app.page.getByTestId('nav-wallet').click();
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, backup);
  const { page } = app;
  await page.getByTestId('key-open').click();
  await page.getByTestId('backup-new-passphrase').fill(PASSPHRASE);
  await page.getByTestId('backup-again').fill(`${PASSPHRASE}!`);
  await page.getByTestId('backup-write').click();
  expect(existsSync(backup)).toBe(false);
  await page.getByTestId('backup-again').fill(PASSPHRASE);
  await page.getByTestId('backup-write').click();
  await expect(page.getByTestId('backup-written')).toContainText(backup);
  expect(JSON.parse(readFileSync(backup, 'utf8'))).toMatchObject({ address });
  await expect(page.getByTestId('backup-again')).toHaveValue('');
});

test('a key that is gone: every way on is there, and the backup brings it back', async () => {
  await again(() => rmSync(keyFile()));
  expect((await app.state()).key).toMatchObject({ state: 'missing', address });
  await expectEveryWay();
  const { page } = app;
  const refused = page.getByTestId('error-text').last();
  const restore = async (file: string, passphrase: string) => {
    await page.getByTestId('backup-file').setInputFiles(file);
    await page.getByTestId('backup-passphrase').fill(passphrase);
    await page.getByTestId('backup-restore').click();
  };
  await restore(backup, 'another');
  await expect(refused).toHaveAttribute('data-code', 'backup_passphrase_wrong');
  await expect(page.getByTestId('backup-passphrase')).toHaveValue('');
  await restore(join(import.meta.dirname, 'rescue.spec.ts'), PASSPHRASE);
  await expect(refused).toHaveAttribute('data-code', 'backup_invalid');
  await restore(backup, PASSPHRASE);
  await expect(page.getByTestId('state-line')).toBeVisible();
  expect((await app.state()).key).toMatchObject({ state: 'ready', address });
});

test('a key that can not be opened: the settings are reached from there, and the way back', async () => {
  await again(() => writeFileSync(keyFile(), 'spoilt'));
  expect((await app.state()).key).toMatchObject({ state: 'unavailable', error: { code: 'vault_corrupt' } });
  await expectEveryWay();
  const { page } = app;
  await page.getByTestId('welcome-settings').click();
  await expect(page.getByTestId('node-built-in')).toBeVisible();
  await page.getByTestId('settings-language').selectOption('ru');
  await expect(page.getByTestId('back-to-key')).toHaveText('Назад');
  await page.getByTestId('settings-language').selectOption('en');
  await page.getByTestId('back-to-key').click();
  await page.getByTestId('welcome-doctor').click();
  await expect(page.locator('[data-testid=finding][data-check=key]')).toHaveAttribute(
    'data-code',
    'vault_corrupt',
  );
  await page.getByTestId('back-to-key').click();
  await expectEveryWay();
});

test('a new key takes its place only once that is confirmed, and what was there stays', async () => {
  const { page } = app;
  await expect(page.getByTestId('key-replace')).toBeDisabled();
  await page.getByTestId('key-replace-meant').check();
  await page.getByTestId('key-replace').click();
  await expect(page.getByTestId('state-line')).toBeVisible();
  const { key } = await app.state();
  expect(key.state).toBe('ready');
  expect(key.address).not.toBe(address);
  expect(readFileSync(keyFile(), 'utf8')).toBe('spoilt');
  expect(readFileSync(join(profile.path, 'keys', 'former-addresses'), 'utf8')).toContain(address);
});
