import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Inclusion } from '../../src-shared/ipc/task-row';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { environment, runtime } from '../driver/electron/runtime';

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'verify.html');
const VERIFY = join(import.meta.dirname, '..', '..', 'out', 'main', 'receipt-verify.js');

test('the receipt of a proved result is saved from its trail, and checked without the app', async () => {
  const profile = newProfile();
  const app = await App.launch(profile.path, ['--auto', '--tasks-per-block', '3', ...QUICK]);
  const { page } = app;
  const { taskId, inclusion } = await besideOthers(app);
  // What is new would move the rows.
  await app.ask('pauseMining', 'manual');
  const receipt = join(profile.path, 'receipt.cpcreceipt');
  const choose = (filePath: string | null) =>
    app.electron.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: path === null, filePath: path ?? '' });
    }, filePath);

  await page.getByTestId('nav-tasks').click();
  await page.locator(`[data-testid=task-row][data-task-id="${taskId}"]`).click();
  await choose(null);
  await page.getByTestId('receipt-save').click();
  await expect(page.getByTestId('receipt-save')).toBeEnabled();
  expect(existsSync(receipt)).toBe(false);
  await choose(receipt);
  await page.getByTestId('receipt-save').click();
  await expect(page.getByTestId('receipt-saved')).toContainText(receipt);
  await page.screenshot({ path: 'screenshots/receipt.png' });

  // Asked for on Windows and Linux by a second start, with the file that was double-clicked.
  const shown = await openedBy(app, profile.path, receipt);
  expect(shown).toMatchObject({ type: 'info', message: 'The receipt holds' });
  expect(shown.detail.match(/✓/g)).toHaveLength(9);
  const spoiltFile = join(profile.path, 'spoilt.cpcreceipt');
  writeFileSync(spoiltFile, readFileSync(receipt, 'utf8').replace('"round": 0', '"round": 1'));
  const refused = await openedBy(app, profile.path, spoiltFile);
  expect(refused).toMatchObject({ type: 'error', message: 'The receipt does not hold' });
  expect(refused.detail).toContain('✗ The proposer signed the block');

  const opens = app.electron.waitForEvent('window');
  await app.electron.evaluate(({ BrowserWindow }, path) => {
    // Nothing of the app's: as any browser has it.
    const window = new BrowserWindow({ width: 800, height: 900, webPreferences: { partition: 'verify' } });
    void window.loadFile(path);
  }, PAGE);
  const verify = await opens;
  await verify.locator('#file').setInputFiles(receipt);
  await expect(verify.locator('h2')).toHaveText('The receipt holds');
  await expect(verify.locator('dt[data-ok=true]')).toHaveCount(9);
  const drawn = await verify.locator('#outcome ol code').allTextContents();
  const { leafHash, path, root } = inclusion;
  expect(drawn).toEqual([leafHash, ...path.map(({ hash }) => hash), root]);
  const sides = await verify
    .locator('#outcome ol li:not(.node)')
    .evaluateAll((steps) => steps.map((step) => step.className));
  expect(sides).toEqual(path.map(({ side }) => side));
  await verify.screenshot({ path: 'screenshots/verify-page.png', fullPage: true });
  const text = readFileSync(receipt, 'utf8');
  const spoilt = { name: 'spoilt.json', mimeType: 'application/json' };
  await verify
    .locator('#file')
    .setInputFiles({ ...spoilt, buffer: Buffer.from(text.replace('"round": 0', '"round": 1')) });
  await expect(verify.locator('h2')).toHaveText('The receipt does not hold');
  await expect(verify.locator('dt[data-ok=false]')).toHaveAttribute('data-check', 'block_signature');
  await verify.locator('#file').setInputFiles({ ...spoilt, buffer: Buffer.from('{}') });
  await expect(verify.locator('h2')).toHaveText('This file is no receipt');
  await app.quit();

  const checked = execFileSync('node', [VERIFY, receipt], { encoding: 'utf8' });
  expect(checked).toContain('holds');
  for (const name of ['transaction_signature', 'result_in_compute_root', 'block_signature', 'rows'])
    expect(checked).toContain(`✓ ${name}`);
  writeFileSync(receipt, text.replace('"height": ', '"height": 1'));
  expect(() => execFileSync('node', [VERIFY, receipt], { stdio: 'pipe' })).toThrow();
  profile.dispose();
});

/** A proved result that shares its block with others, and its way to compute_root. */
async function besideOthers(app: App): Promise<{ taskId: string; inclusion: Inclusion }> {
  for (let proved = 0; ; ) {
    const { tasks } = await app.until('one more proved task', (state) => state.tasks.today.proved > proved);
    proved = tasks.today.proved;
    for (const { taskId, state } of tasks.recent) {
      if (state !== 'proved') continue;
      const { inclusion } = await app.ask('getTrail', taskId);
      if (inclusion !== null && inclusion.path.length > 0) return { taskId, inclusion };
    }
  }
}

type Shown = { readonly type: string; readonly message: string; readonly detail: string };

/** What the app shows of a receipt that a second start is given. */
async function openedBy(app: App, profile: string, file: string): Promise<Shown> {
  const shown = app.electron.evaluate(
    ({ dialog }) =>
      new Promise<Shown>((resolve) => {
        dialog.showMessageBox = async (...given: unknown[]) => {
          resolve(given.at(-1) as Shown); // as main calls it
          return { response: 0, checkboxChecked: false };
        };
      }),
  );
  const { executable, switches } = runtime();
  const second = spawn(executable, [...switches, '--profile', profile, ...QUICK, file], {
    env: environment(),
    stdio: 'ignore',
  });
  expect(await once(second, 'exit')).toEqual([0, null]);
  return shown;
}
