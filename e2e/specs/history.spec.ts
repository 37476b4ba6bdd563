import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { exportedObject } from '../../src-shared/export/task-export';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { tellHistory } from '../driver/miner/told-history';
import { parseCsv } from '../driver/world/strict-csv';

/** The card with the charts holds so many samples. */
const samples = async (app: App) =>
  Number(await app.page.getByTestId('history').getAttribute('data-samples'));

test('what is mined shows in the charts and their tables, and outlives the app', async () => {
  test.setTimeout(180_000);
  const profile = newProfile();
  const first = await App.launch(profile.path, ['--auto', ...QUICK]);
  await first.until('two proved results', ({ tasks }) => tasks.today.proved >= 2);
  await expect.poll(() => samples(first), { timeout: 30_000 }).toBeGreaterThan(0);
  const { page } = first;
  await expect(
    page.getByRole('img', { name: /Speed over the last hour: from .* GOPS, now .* GOPS/ }),
  ).toBeVisible();
  await expect(page.getByRole('img', { name: /Load over the last hour: .*%, now .*%/ })).toBeVisible();
  await expect(page.getByTestId('history-readout')).toContainText('GOPS');
  await page.getByTestId('history-as-table').click();
  const newest = page.getByTestId('history-table').locator('tbody tr').first();
  await expect(newest.locator('td').first()).toHaveText(/^[\d.,]+$/);
  await expect(page.getByTestId('history-table').getByText('not mining').first()).toBeVisible();
  for (const span of ['day', 'month'] as const) {
    await page.getByTestId(`span-${span}`).click();
    await expect(newest.locator('td').first()).toHaveText(/^[\d.,]+$/);
  }
  await page.getByTestId('results-as-table').focus();
  await page.keyboard.press('Enter');
  await first.ask('stopMining');
  await first.until('all at their end', ({ tasks }) =>
    tasks.recent.every(({ state }) => state === 'proved' || state === 'abandoned'),
  );
  const { computed, accepted, proved } = (await first.state()).tasks.today;
  const { days } = await first.ask('getResults', 2);
  expect(days.at(-1)).toMatchObject({ computed, accepted, proved });
  const today = page.getByTestId('results-table').locator('tbody tr').first();
  await expect(today.locator('td')).toHaveText([computed, accepted, proved].map(String));
  await first.quit();

  const second = await App.launch(profile.path, QUICK);
  await expect.poll(() => samples(second)).toBeGreaterThan(0);
  const kept = await second.ask('getSeries', 'hour');
  expect(kept.samples.every(({ ranMs, operations }) => ranMs <= 60_000 && operations >= 0)).toBe(true);
  expect(kept.samples.some(({ operations }) => operations > 0)).toBe(true);
  await second.quit();
  profile.dispose();
});

test('a chart tells what the pointer is at, leaves gaps, and is drawn anew in another theme', async () => {
  const profile = newProfile();
  const before = await App.launch(profile.path, QUICK);
  await before.ask('createKey');
  await before.quit();
  tellHistory(profile.path, Date.now());
  const app = await App.launch(profile.path, QUICK);
  const { page } = app;
  await expect.poll(() => samples(app)).toBeGreaterThan(40);
  const canvas = page.getByTestId('history').locator('canvas').first();
  const pixels = () => canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL());
  await app.ask('updateSettings', { theme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  const light = await pixels();
  await app.ask('updateSettings', { theme: 'dark' });
  await expect.poll(pixels).not.toBe(light);
  const readout = page.getByTestId('history-readout');
  const over = page.getByTestId('history').locator('.u-over').first();
  const { width = 0 } = (await over.boundingBox()) ?? {};
  await over.hover({ position: { x: width * 0.9, y: 20 } });
  await expect(readout).toHaveText(/^\d\d?:\d\d.* · [\d,]+ GOPS · \d+% · \d+°C · \d+ W$/);
  // From 27 to 18 minutes ago it was off.
  await over.hover({ position: { x: width * (1 - 22 / 60), y: 20 } });
  await expect(readout).toHaveText(/ · not mining$/);
  await page.mouse.move(0, 0);
  await expect(readout).toHaveText(/^now · /);
  await app.quit();
  profile.dispose();
});

test('tasks are exported as they are shown, and read back exactly', async () => {
  test.setTimeout(120_000);
  const profile = newProfile();
  const app = await App.launch(profile.path, ['--auto', ...QUICK]);
  const { page } = app;
  await app.until('proved results', ({ tasks }) => tasks.today.proved >= 3);
  await app.ask('stopMining');
  await app.until('all at their end', ({ tasks }) =>
    tasks.recent.every(({ state }) => state === 'proved' || state === 'abandoned'),
  );
  const choose = (filePath: string | null) =>
    app.electron.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: path === null, filePath: path ?? '' });
    }, filePath);
  await page.getByTestId('nav-tasks').click();
  await page.getByTestId('filter-proved').click();
  const save = async (format: 'csv' | 'json', path: string | null) => {
    await choose(path);
    await page.getByTestId('export-button').click();
    await page.getByTestId(`export-${format}`).click();
    await expect(page.getByTestId('export-button')).toBeEnabled();
  };
  const account = (await app.state()).key.address ?? '';
  const { tasks } = await app.ask('listTasks', { states: ['proved'], search: '', offset: 0, limit: 500 });
  const objects = tasks.map((task) => exportedObject({ ...task, account }));
  expect(objects.length).toBeGreaterThanOrEqual(3);

  await save('json', null);
  await expect(page.getByTestId('export-written')).toBeEmpty();
  const json = join(profile.path, 'tasks.json');
  await save('json', json);
  await expect(page.getByTestId('export-written')).toContainText(json);
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(objects);
  const csv = join(profile.path, 'tasks.csv');
  await save('csv', csv);
  await expect(page.getByTestId('export-written')).toContainText(csv);
  const text = readFileSync(csv, 'utf8');
  expect(text.startsWith('\uFEFF')).toBe(true);
  const [head, ...rows] = parseCsv(text.slice(1));
  expect(head).toEqual(Object.keys(objects[0] ?? {}));
  expect(rows).toEqual(
    objects.map((object) => Object.values(object).map((value) => (value === null ? '' : String(value)))),
  );
  await page.screenshot({ path: 'screenshots/export.png' });

  const folder = join(profile.path, 'a folder');
  mkdirSync(folder);
  await save('csv', folder);
  await expect(page.getByTestId('error-text')).toContainText(folder);
  await expect(page.getByTestId('error-text')).toHaveAttribute('data-code', 'file_unwritable');
  await app.quit();
  profile.dispose();
});
