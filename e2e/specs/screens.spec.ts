import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { seriousViolations } from '../driver/browser/accessibility';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { feedState } from '../driver/electron/feed-state';
import { CARD, QUARANTINED_CARD } from '../driver/electron/known-adapters';
import { BUSY_VALIDATOR, CONNECTING_VALIDATOR, REFUSING_VALIDATOR } from '../driver/electron/known-jobs';
import { HELD, HELD_MINER, LET_GO } from '../driver/electron/known-pauses';
import { readingFaults } from '../driver/electron/reading';
import { pruneEvidence } from '../driver/miner/pruned-journal';
import { tellHistory } from '../driver/miner/told-history';

const FOLDER = join(import.meta.dirname, '..', '..', 'screenshots');
const SIZES = {
  wide: { width: 1280, height: 800 },
  low: { width: 1024, height: 600 },
  small: { width: 960, height: 640 },
  // 1366×768 where the desktop magnifies by a half.
  magnified: { width: 910, height: 512 },
} as const;
// Each language and each theme: what fits goes by the words, contrast by the colours, and neither by both.
const LOOKS = [
  { language: 'en', theme: 'light' },
  { language: 'ru', theme: 'dark' },
] as const;

let profile: ReturnType<typeof newProfile>;
let app: App;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  profile = newProfile();
  app = await App.launch(profile.path, ['--software-gpu', '--engine', 'webgpu', ...QUICK]);
  await app.until('the network', ({ node }) => node.height !== null);
});
test.afterAll(async () => {
  await app.quit();
  profile.dispose();
});

async function show(look: (typeof LOOKS)[number]): Promise<void> {
  await app.ask('updateSettings', look);
  await expect(app.page.locator('html')).toHaveAttribute('lang', look.language);
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', look.theme);
}

/**
 * Takes the pictures of what is shown, in every look and size, looks for what reads badly, and lets axe read each.
 * @param at what is to be in the picture
 */
async function picture(name: string, at?: string): Promise<void> {
  for (const look of LOOKS) {
    await show(look);
    for (const [size, viewport] of Object.entries(SIZES)) {
      await app.page.setViewportSize(viewport);
      if (at !== undefined) await app.page.getByTestId(at).scrollIntoViewIfNeeded();
      await app.page.screenshot({ path: join(FOLDER, `${name}-${look.language}-${look.theme}-${size}.png`) });
      const overflow = await app.page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(await readingFaults(app.page), `${name} ${look.language} ${size} reads well`).toEqual({
        cut: [],
        scrollers: [],
        plain: [],
      });
      expect(overflow, `${name} ${look.language} ${size} is no wider than the window`).toBeLessThanOrEqual(0);
    }
    expect(await seriousViolations(app.page), `${name} ${look.language} ${look.theme}`).toEqual([]);
  }
}

test('every screen reads well in both languages and themes, and has no serious violation of accessibility', async () => {
  test.setTimeout(500_000);
  const { page } = app;
  await page.getByTestId('key-create').waitFor();
  await picture('welcome');

  await app.ask('createKey');
  await page.getByTestId('nav-graphics').click();
  await picture('graphics-unmeasured');
  await app.ask('startMining');
  await app.until(
    'blocked at the balance',
    ({ miner }) => miner.kind === 'blocked' && miner.stage === 'balance',
  );
  await page.getByTestId('nav-dashboard').click();
  await picture('dashboard-blocked');

  await app.topUp();
  await app.until('results', ({ tasks: { today }, miner }) => today.proved >= 3 && miner.kind === 'mining');
  await picture('dashboard-mining');

  await page.getByTestId('nav-tasks').click();
  await page.getByTestId('task-row').first().waitFor();
  await picture('tasks');
  await page.locator('[data-testid=task-row][data-state=proved]').first().click();
  await page.getByTestId('trail').waitFor();
  await picture('trail');
  await page.keyboard.press('Escape');

  await page.getByTestId('nav-blocks').click();
  const {
    tasks: { recent: recentTasks },
  } = await app.state();
  const height = recentTasks.find(({ confirmedHeight }) => confirmedHeight !== null)?.confirmedHeight ?? 0;
  await page.getByTestId('lookup-kind').selectOption('height');
  await page.getByTestId('lookup-value').fill(String(height));
  await page.getByTestId('lookup-submit').click();
  await page.getByTestId('audit-sampled').first().click();
  await page.getByTestId('audit-verdict').waitFor();
  await picture('blocks');

  await page.getByTestId('nav-wallet').click();
  await picture('wallet');
  await page.getByTestId('send-to').fill('cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp');
  await page.getByTestId('send-amount').fill('1.234567890123456789');
  await page.getByTestId('send-review').click();
  await page.getByTestId('order-review').waitFor();
  await picture('wallet-review');
  await page.keyboard.press('Escape');
  await page.getByTestId('key-open').click();
  await picture('wallet-key');
  await page.keyboard.press('Escape');
  await page.getByTestId('key-add').click();
  await picture('wallet-add-key');
  await page.keyboard.press('Escape');
  await page.getByTestId('nav-graphics').click();
  await picture('graphics');
  await page.getByTestId('nav-settings').click();
  await picture('settings');
  await page.getByTestId('nav-doctor').click();
  await page.getByTestId('finding').first().waitFor();
  await picture('doctor');
  await page.getByTestId('doctor-tab-log').click();
  await picture('log');
  await app.ask('pauseMining', '1h');
  await app.until('paused', ({ miner }) => miner.kind === 'paused');
  await page.getByTestId('nav-dashboard').click();
  await picture('dashboard-paused');
});

test('pause rules read well whatever they come to', async () => {
  test.setTimeout(400_000);
  const { page } = app;
  if ((await app.state()).key.address === null) await app.ask('createKey');
  await app.ask('updateSettings', {
    pauseWhenActive: true,
    pauseOnBattery: true,
    pauseFullScreen: true,
    pauseForApps: true,
    pauseApps: ['blender', 'davinci-resolve-studio', 'the witcher 3', 'zoom'],
    pauseOutsideSchedule: true,
    pauseSchedule: [
      { days: [1, 2, 3, 4, 5], fromMinute: 22 * 60, toMinute: 6 * 60 },
      { days: [6, 7], fromMinute: 0, toMinute: 0 },
    ],
    pauseWhenHot: true,
  });
  await page.getByTestId('nav-settings').click();
  await feedState(app, { miner: HELD_MINER, pauseRules: HELD });
  await picture('settings-pauses-held', 'value-pauseHotMinutes');
  const mining = { kind: 'mining', sinceMs: Date.now(), lastAcceptedAtMs: Date.now() } as const;
  await feedState(app, { miner: mining, pauseRules: LET_GO });
  await picture('settings-pauses-free', 'add-span');
  await feedState(app, { miner: { kind: 'finishing', sinceMs: Date.now() } });
  await page.getByTestId('nav-dashboard').click();
  await picture('dashboard-finishing');
  await app.ask('updateSettings', {
    pauseWhenActive: false,
    pauseOnBattery: false,
    pauseFullScreen: false,
    pauseForApps: false,
    pauseOutsideSchedule: false,
    pauseWhenHot: false,
  });
});

test('a graphics card, and one in quarantine, read as well', async () => {
  test.setTimeout(400_000);
  const { page } = app;
  if ((await app.state()).key.address === null) await app.ask('createKey');
  await feedState(app, { lane: CARD });
  await page.getByTestId('nav-graphics').click();
  await picture('known-adapters');
  await feedState(app, { lane: QUARANTINED_CARD });
  await picture('graphics-quarantined');
  await page.getByTestId('last-failure').scrollIntoViewIfNeeded();
  await picture('graphics-quarantined-end');
  await page.getByTestId('nav-dashboard').click();
  await picture('dashboard-quarantined');
});

test('a fee ceiling that is reached, a clock that is off, a key used elsewhere and evidence that is not kept read as well', async () => {
  test.setTimeout(400_000);
  if ((await app.state()).key.address === null) await app.ask('createKey');
  await app.quit();
  app = await App.launch(profile.path, QUICK);
  await app.until('the network', ({ node }) => node.height !== null);
  await app.ask('resumeMining');
  await app.ask('startMining');
  await app.topUp();
  const { balance } = await app.until(
    'a proved result',
    ({ tasks: { today }, miner }) => today.proved > 0 && miner.kind === 'mining',
  );
  await app.ask('updateSettings', { feeCeilingUnits: String(BigInt(balance.resultFeeUnits ?? 0) * 2n) });
  await app.until(
    'blocked by the ceiling',
    ({ miner }) => miner.kind === 'blocked' && miner.error.code === 'fee_ceiling_reached',
  );
  await picture('dashboard-ceiling');
  await app.page.getByTestId('nav-settings').click();
  await picture('settings-ceiling');
  await app.page.getByTestId('settings-fee-ceiling').fill('0.5 a day');
  await picture('settings-ceiling-refused');
  await app.page.getByTestId('nav-dashboard').click();
  await feedState(app, { node: { clockSkewMs: 95_000 } });
  await app.page.getByTestId('clock-warning').waitFor();
  await picture('dashboard-clock');

  const usedElsewhere = { atMs: Date.now() - 600_000, height: 128, txHash: 'd4'.repeat(32) };
  await feedState(app, { key: { usedElsewhere } });
  await app.page.getByTestId('nav-wallet').click();
  await app.page.getByTestId('used-elsewhere').waitFor();
  await app.page.getByTestId('used-elsewhere').scrollIntoViewIfNeeded();
  await picture('wallet-used-elsewhere');

  pruneEvidence(profile.path);
  await app.page.getByTestId('nav-tasks').click();
  await app.page.locator('[data-testid=task-row][data-state=proved]').first().click();
  await app.page.getByTestId('check-again').scrollIntoViewIfNeeded();
  await picture('trail-not-kept');
  await app.page.keyboard.press('Escape');
  await app.page.getByTestId('trail').waitFor({ state: 'hidden' });
});

test('the jobs of a validator read well in whatever state they are', async () => {
  test.setTimeout(500_000);
  const { page } = app;
  if ((await app.state()).key.address === null) await app.ask('createKey');
  await page.getByTestId('nav-jobs').click();
  await picture('jobs-none');
  await app.ask('updateSettings', { validatorUrl: 'ws://127.0.0.1:9/worker' });
  await page.getByTestId('validator-url').waitFor();
  await feedState(app, { jobs: CONNECTING_VALIDATOR });
  await picture('jobs-connecting');
  await feedState(app, { jobs: REFUSING_VALIDATOR });
  await picture('jobs-refused');
  await feedState(app, { jobs: BUSY_VALIDATOR });
  await page.getByTestId('job-row').first().waitFor();
  await picture('jobs-busy');
  await page.getByTestId('jobs-show-all').click();
  await page.getByTestId('job-introduce').scrollIntoViewIfNeeded();
  await picture('jobs-end');
  await page.locator('[data-testid=job-row][data-state=delivered]').first().click();
  await page.getByTestId('job-trail').waitFor();
  await picture('job-trail');
  await page.keyboard.press('Escape');
  await app.ask('updateSettings', { validatorUrl: 'built-in' });
  await feedState(app, { jobs: { marketAvailable: true } });
  await page.getByTestId('market-reward').fill('0');
  await picture('jobs-built-in');
});

test('the past of a month reads well, as charts and as tables', async () => {
  test.setTimeout(500_000);
  if ((await app.state()).key.address === null) await app.ask('createKey');
  await app.quit();
  tellHistory(profile.path, Date.now());
  app = await App.launch(profile.path, QUICK);
  const { page } = app;
  await page.getByTestId('nav-dashboard').click();
  await page.getByTestId('history').locator('canvas').first().waitFor();
  await page.getByTestId('history').scrollIntoViewIfNeeded();
  await picture('history');
  await page.getByTestId('span-day').click();
  await page.getByTestId('history').locator('canvas').first().waitFor();
  await picture('history-day');
  await page.getByTestId('history-as-table').click();
  await page.getByTestId('results-as-table').click();
  await page.getByTestId('history-table').scrollIntoViewIfNeeded();
  await picture('history-tables');
});
