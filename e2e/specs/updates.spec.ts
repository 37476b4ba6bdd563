import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { runtime } from '../driver/electron/runtime';
import { UpdateFeed } from '../driver/world/update-feed';

const folder = newProfile();
const appImage = join(folder.path, 'miner.AppImage');
const started = join(folder.path, 'started');
// What the next version is here: a program that writes down what it was started with.
const NEXT = Buffer.from(
  `#!/bin/sh\nprintf '%s\\n' "$@" > '${started}.part'\nmv '${started}.part' '${started}'\n`,
);

let feed: UpdateFeed;
let app: App;

test.beforeAll(async () => {
  feed = await UpdateFeed.open();
  writeFileSync(appImage, '#!/bin/sh\necho the old one\n');
  chmodSync(appImage, 0o755);
  const source = join(folder.path, 'update-source.json');
  writeFileSync(source, JSON.stringify(feed.source));
  mkdirSync(join(folder.path, 'profile'));
  app = await App.launch(join(folder.path, 'profile'), ['--auto', ...QUICK], {
    CPCMINER_UPDATE_SOURCE: source,
    // As in an AppImage that holds this Electron.
    APPIMAGE: appImage,
    APPDIR: dirname(runtime().executable),
  });
});
test.afterAll(async () => {
  await app?.quit().catch(() => undefined);
  await feed?.close();
  folder.dispose();
});

test('the place for updates is asked for nothing before a person agreed to it', async () => {
  await app.until('mining', ({ miner }) => miner.kind === 'mining');
  await app.page.getByTestId('nav-settings').click();
  await expect(app.page.getByTestId('settings-updates')).toHaveValue('off');
  await expect(app.page.getByTestId('updates-look')).toHaveCount(0);
  expect(feed.requests).toEqual([]);
});

test('the licences of what is in the app are shown', async () => {
  await app.page.getByTestId('show-licences').click();
  await expect(app.page.getByTestId('licences')).toContainText('electron-updater');
  await app.page.keyboard.press('Escape');
  await expect(app.page.getByTestId('licences')).toHaveCount(0);
  await expect(app.page.getByTestId('show-licences')).toBeFocused();
});

test('a version that its makers did not sign is refused, with the reason', async () => {
  const forged = new UpdateFeed();
  const release = feed.offer('9.0.0', NEXT);
  feed.serve('/stable.json', forged.sealed(release));
  await app.page.getByTestId('settings-updates').selectOption('tell');
  await expect(app.page.getByTestId('updates-error')).toContainText('did not sign');
  expect(feed.requests).toEqual(['/stable.json']);
});

test('a newer one is told of with what is new in it, and fetched when a person wants it', async () => {
  feed.offer('9.0.0', NEXT);
  await app.page.getByTestId('updates-look').click();
  await expect(app.page.getByTestId('updates-found')).toContainText('9.0.0');
  await app.page.getByText('What is new', { exact: true }).click();
  await expect(app.page.getByText('What is new in 9.0.0')).toBeVisible();
  await app.page.getByTestId('updates-later').click();
  await expect(app.page.getByTestId('updates-postponed')).toBeVisible();
  expect(feed.requests.filter((path) => path.endsWith('.AppImage'))).toEqual([]);
  await app.page.getByTestId('updates-download').click();
  await expect(app.page.getByTestId('updates-install')).toBeVisible();
  expect(readFileSync(appImage, 'utf8')).toContain('the old one');
});

test('it takes the old one’s place once the tasks in hand are in a block, and is started', async () => {
  await app.until('a result on its way', ({ tasks }) =>
    tasks.recent.some(({ state }) => state === 'in_pool'),
  );
  const gone = new Promise((resolve) => app.electron.process().once('exit', resolve));
  const finishing = app.until('waiting for the work', ({ updates }) => updates.doing !== 'nothing');
  await app.page.getByTestId('updates-install').click();
  await finishing;
  await gone;
  await expect.poll(() => existsSync(started)).toBe(true);
  expect(readFileSync(appImage)).toEqual(NEXT);
  expect(readFileSync(started, 'utf8').split('\n')).toContain('--profile');
  // Nothing was dropped for it, and the next start mines as this one did.
  app = await App.launch(join(folder.path, 'profile'), QUICK);
  const { tasks, miner } = await app.state();
  expect(
    tasks.recent.filter(({ state }) => ['planned', 'computed', 'reserved', 'signed'].includes(state)),
  ).toEqual([]);
  expect(['starting', 'mining']).toContain(miner.kind);
});
