import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { feedState } from '../driver/electron/feed-state';
import { DevnetProcess } from '../driver/world/devnet';

// The three steps of one first run, one after the other: each goes on where the last one ended.
test.describe.configure({ mode: 'serial' });

const PASSPHRASE = 'correct horse battery staple';
const PICTURES = join(import.meta.dirname, '..', '..', 'screenshots');
const GRAPHICS = ['--software-gpu', '--engine', 'webgpu', ...QUICK];
const profile = newProfile();
const folder = mkdtempSync(join(tmpdir(), 'setting-up-'));
const backup = join(folder, 'backup.json');
let app: App;

test.beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  app = await App.launch(profile.path, GRAPHICS);
});
test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const at = (id: string): Locator => app.page.getByTestId(id);

async function expectStep(step: string): Promise<void> {
  await expect(at('first-run')).toHaveAttribute('data-step', step);
}

test('the first step names the key store, and refuses a key that is none', async () => {
  await expectStep('key');
  await expect(at('welcome')).toContainText('system keychain');
  await at('key-import-input').fill('f'.repeat(64));
  await at('key-import-submit').click();
  await expect(at('error-text')).toHaveAttribute('data-code', 'invalid_private_key');
  await expectStep('key');
});

test('a created key leads to its backup, which goes on only once it was opened', async () => {
  await at('key-create').click();
  await expectStep('back_up');
  await expect(at('first-run-next')).toBeDisabled();
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, backup);
  await at('backup-new-passphrase').fill('short');
  await at('backup-again').fill('short');
  await at('backup-write').click();
  await expect(at('backup-new-passphrase')).toHaveAttribute('aria-invalid', 'true');
  await expect(at('backup-written')).toBeEmpty();
  await at('backup-new-passphrase').fill(PASSPHRASE);
  await at('backup-again').fill(`${PASSPHRASE}!`);
  await at('backup-write').click();
  await expect(at('backup-again')).toHaveAttribute('aria-invalid', 'true');
  await at('backup-again').fill(PASSPHRASE);
  await at('backup-write').click();
  await expect(at('backup-written')).toContainText(backup);
  await expect(at('first-run-next')).toBeDisabled();
  await at('backup-check-file').setInputFiles(backup);
  await at('backup-check-passphrase').fill('another one');
  await at('backup-check').click();
  await expect(at('error-text')).toHaveAttribute('data-code', 'backup_passphrase_wrong');
  await expect(at('first-run-next')).toBeDisabled();
  await at('backup-check-passphrase').fill(PASSPHRASE);
  await at('backup-check').click();
  await expect(at('backup-later')).toHaveCount(0);
  await at('first-run-next').click();
  await expectStep('connect');
});

test('a start in between goes on at the step that was reached', async () => {
  const { address } = (await app.state()).key;
  await app.kill();
  app = await App.launch(profile.path, GRAPHICS);
  await expectStep('connect');
  expect((await app.state()).key).toMatchObject({ state: 'ready', address });
});

test('a node is tested on the spot, and what is wrong with its address is said beside it', async () => {
  await at('node-remote').click();
  const refused = app.page.locator('form').getByTestId('error-text');
  await at('node-url').fill('nonsense');
  await at('node-test').click();
  await expect(refused).toHaveAttribute('data-code', 'invalid_node_url');
  await at('node-url').fill('http://127.0.0.1:9');
  await at('node-test').click();
  await expect(refused).toHaveAttribute('data-code', 'node_unreachable');
  await at('node-url').fill('http://192.0.2.1:8000');
  await at('node-save').click();
  await expect(refused).toHaveAttribute('data-code', 'insecure_node_url');
  await expect(at('node-agree')).toBeVisible();
  const other = await DevnetProcess.start();
  await at('node-url').fill(other.url);
  await at('node-test').click();
  await expect(at('node-answer')).toContainText('devnet');
  await expect(at('node-answer')).toContainText('Height');
  await expect(at('node-answer')).toContainText('Clock difference');
  await other.stop();
  await at('node-built-in').click();
  await expect(at('node-now')).toHaveAttribute('data-state', 'online');
});

test('a known task shows what computes and that it comes out right', async () => {
  await expect(at('graphics-check')).toHaveAttribute('data-verdict', 'ok');
  await expect(at('graphics-check')).toContainText('matches the CPU');
  await expect(at('graphics-check')).toContainText(/swiftshader/i);
  await expect(at('graphics-check')).toContainText('GOPS');
});

test('both languages and themes fit the smallest window', async () => {
  for (const language of ['en', 'ru'] as const)
    for (const theme of ['light', 'dark'] as const) {
      await app.ask('updateSettings', { language, theme });
      await expect(app.page.locator('html')).toHaveAttribute('lang', language);
      await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme);
      for (const [width, height] of [
        [1280, 800],
        [960, 640],
      ] as const) {
        await app.page.setViewportSize({ width, height });
        for (const step of ['back_up', 'connect'] as const) {
          await app.ask('updateSettings', { firstRunStep: step });
          await expectStep(step);
          const wide = await app.page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(wide, `${step} ${language} ${width}`).toBeLessThanOrEqual(0);
          await app.page.screenshot({
            path: join(PICTURES, `first-run-${step}-${language}-${theme}-${width}.png`),
          });
        }
      }
    }
  await app.ask('updateSettings', { language: 'system', theme: 'system' });
});

test('on a network of worth a key that nobody could bring back does not start', async () => {
  const { key, node } = await app.state();
  const unkept = key.keys.map((own) => ({ ...own, kept: false }));
  await feedState(app, { key: { keys: unkept }, node: { chainId: 'cpc-mainnet-1', builtIn: false } });
  await expect(at('first-run-needs-backup')).toBeVisible();
  await expect(at('first-run-start')).toBeDisabled();
  await at('first-run-needs-backup').getByRole('button').click();
  await expectStep('back_up');
  await expect(at('backup-later')).toHaveCount(0);
  await feedState(app, { key: { keys: key.keys }, node: { chainId: node.chainId, builtIn: node.builtIn } });
  await at('first-run-next').click();
  await expectStep('connect');
});

test('one button tops up from the faucet and starts', async () => {
  await expect(at('first-run-top-up')).toBeChecked();
  await at('first-run-start').click();
  await expect(at('miner-state')).toHaveAttribute('data-kind', /starting|mining/);
  const { balance, settings } = await app.until(
    'a balance',
    (state) => BigInt(state.balance.units ?? 0) > 0n,
  );
  expect(BigInt(balance.units ?? 0)).toBeGreaterThan(0n);
  expect(settings.firstRunStep).toBe('done');
  await app.until('mining', ({ miner }) => miner.kind === 'mining');
});

test('a key that was written down counts as kept once it is typed', async () => {
  const another = newProfile();
  await app.quit();
  app = await App.launch(another.path, QUICK);
  await at('key-create').click();
  await at('backup-way-written').click();
  await at('key-reveal-meant').click();
  await at('key-reveal').click();
  const written = (await at('key-shown').textContent()) ?? '';
  await at('key-hide').click();
  await at('key-written').fill('ab'.repeat(32));
  await at('key-written-check').click();
  await expect(at('error-text')).toHaveAttribute('data-code', 'backup_other_key');
  await expect(at('first-run-next')).toBeDisabled();
  await at('key-written').fill(written);
  await at('key-written-check').click();
  await expect(at('key-written-same')).not.toBeEmpty();
  await at('first-run-next').click();
  await expectStep('connect');
  another.dispose();
});
