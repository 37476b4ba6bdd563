import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';

const profile = newProfile();
const config = mkdtempSync(join(tmpdir(), 'config-'));
const entry = join(config, 'autostart', 'computechain-miner.desktop');

test.afterAll(() => {
  profile.dispose();
  rmSync(config, { recursive: true, force: true });
});

const launch = () => App.launch(profile.path, QUICK, { XDG_CONFIG_HOME: config });

test('the app starts at login where that is wanted, and takes it as it finds it', async () => {
  test.skip(process.platform !== 'linux', 'elsewhere the system keeps it');
  let app = await launch();
  await app.ask('createKey');
  await app.page.getByTestId('nav-settings').click();
  await app.page.getByTestId('settings-startAtLogin').click();
  await expect.poll(() => existsSync(entry)).toBe(true);
  const written = readFileSync(entry, 'utf8');
  expect(written).toMatch(/^Exec=".*" "--hidden" "--profile" ".*"$/m);
  expect(written).toContain(profile.path);
  await app.quit();

  // The program was moved: what starts it is mended.
  writeFileSync(entry, written.replace(/^Exec=.*$/m, 'Exec="/old/place"'));
  app = await launch();
  expect((await app.state()).settings.startAtLogin).toBe(true);
  expect(readFileSync(entry, 'utf8')).toBe(written);
  await app.quit();

  // A person switched it off in their desktop's settings: that holds.
  writeFileSync(entry, `${written}Hidden=true\n`);
  app = await launch();
  expect((await app.state()).settings.startAtLogin).toBe(false);
  expect(readFileSync(entry, 'utf8')).toBe(`${written}Hidden=true\n`);
  await app.page.getByTestId('nav-settings').click();
  await app.page.getByTestId('settings-startAtLogin').click();
  await expect.poll(() => readFileSync(entry, 'utf8')).toBe(written);
  // The window is told a moment after the file is there; until then another click would mean the same.
  await expect(app.page.getByTestId('settings-startAtLogin')).toBeChecked();
  await app.page.getByTestId('settings-startAtLogin').click();
  await expect.poll(() => existsSync(entry)).toBe(false);
  await app.quit();
});
