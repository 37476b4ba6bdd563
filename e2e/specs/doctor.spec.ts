import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DOCTOR_CHECKS } from '../../src-shared/doctor/report';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { Headless } from '../driver/electron/headless';

test.describe.configure({ mode: 'serial' });

const profile = newProfile();
const folder = mkdtempSync(join(tmpdir(), 'doctor-'));

test.afterAll(() => {
  profile.dispose();
  rmSync(folder, { recursive: true, force: true });
});

test('in the window: every look with its verdict, a report without secrets, and the log', async () => {
  const app = await App.launch(profile.path, QUICK);
  try {
    await app.ask('createKey');
    await app.topUp();
    await app.until('a balance', ({ balance }) => BigInt(balance.units ?? 0) > 0n);
    const { page } = app;
    await page.getByTestId('nav-doctor').click();
    await expect(page.getByTestId('finding')).toHaveCount(DOCTOR_CHECKS.length);
    const verdicts = await page
      .getByTestId('finding')
      .evaluateAll((all) => all.map((one) => [one.dataset.check, one.dataset.verdict, one.dataset.code]));
    expect(verdicts).toEqual([
      ['keychain', 'ok', 'keychain_works'],
      ['key', 'ok', 'key_there'],
      ['backup', 'notice', 'backup_none'],
      ['path', 'ok', 'path_built_in'],
      ['node', 'ok', 'node_answers'],
      ['chain', 'ok', 'chain_bound'],
      ['sync', 'ok', 'sync_at_head'],
      ['clock', 'ok', 'clock_right'],
      ['balance', 'ok', 'balance_pays'],
      ['compute', 'ok', 'compute_exact'],
      ['driver', 'notice', 'adapter_software'],
      ['validator', 'skipped', 'validator_none'],
      ['disk', 'ok', 'disk_free'],
      ['tray', 'notice', 'tray_none'],
      ['power', expect.any(String), expect.stringMatching(/^power_/)],
    ]);
    await expect(page.getByTestId('doctor-summary')).toContainText('Nothing is wrong');

    const path = join(folder, 'report.json');
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, path);
    await page.getByTestId('doctor-save').click();
    await expect(page.getByTestId('doctor-saved')).toContainText(path);
    const text = readFileSync(path, 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      report: 'computechain-miner-doctor',
      settings: { matrixSize: 64 },
    });
    expect(JSON.parse(text).findings).toHaveLength(DOCTOR_CHECKS.length);
    for (const name of [homedir(), hostname()]) expect(text).not.toContain(name);

    // The network does not answer: what asks it says so, all else is looked at all the same.
    await app.ask('updateSettings', { nodeUrl: 'http://127.0.0.1:9' });
    await page.getByTestId('doctor-look').click();
    const node = page.locator('[data-testid=finding][data-check=node]');
    await expect(node).toHaveAttribute('data-verdict', 'failed');
    await expect(node).toHaveAttribute('data-code', 'node_unreachable');
    await expect(page.locator('[data-testid=finding][data-check=compute]')).toHaveAttribute(
      'data-verdict',
      'ok',
    );
    await app.ask('updateSettings', { nodeUrl: null });

    await page.getByTestId('doctor-tab-log').click();
    await page.getByTestId('log-search').fill('no such words anywhere');
    await expect(page.getByText('Nothing of this kind')).toBeVisible();
    await page.getByTestId('log-search').fill('');
    await page.getByTestId('log-save').click();
    await expect(page.getByTestId('log-saved')).toContainText(path);
  } finally {
    await app.quit();
  }
});

test('without a window: a line for each look, and whether anything is wrong as the exit code', async () => {
  const well = new Headless(['--profile', profile.path, '--doctor', ...QUICK]);
  expect([await well.exit, well.stderr]).toEqual([0, []]);
  expect(well.events.map(({ event, check }) => [event, check])).toEqual(
    DOCTOR_CHECKS.map((check) => ['finding', check]),
  );
  const gone = new Headless(['--profile', profile.path, '--doctor', '--node', 'http://127.0.0.1:9']);
  expect(await gone.exit).toBe(1);
  expect(gone.events.find(({ check }) => check === 'node')).toMatchObject({
    verdict: 'failed',
    error: { code: 'node_unreachable' },
  });
});
