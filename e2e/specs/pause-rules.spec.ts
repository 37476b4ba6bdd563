import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { AppState } from '../../src-shared/state/state';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { Headless } from '../driver/electron/headless';

const profile = newProfile();
const folder = mkdtempSync(join(tmpdir(), 'apps-'));
let app: App;
let running: ChildProcess | null = null;
test.beforeAll(async () => {
  app = await App.launch(profile.path, ['--auto', ...QUICK]);
  await app.until('mining', ({ miner }) => miner.kind === 'mining');
  await app.page.getByTestId('nav-settings').click();
});
test.afterAll(async () => {
  running?.kill();
  await app?.quit();
  rmSync(folder, { recursive: true, force: true });
  profile.dispose();
});

const reasonsOf = ({ miner }: AppState) =>
  miner.kind === 'paused' ? miner.reasons.map(({ reason }) => reason) : [];
const strip = () => app.page.getByTestId('pause-reasons');

test('outside the schedule it is paused until the hours begin, which are set in the window', async () => {
  const { page } = app;
  await page.getByTestId('rule-schedule').click();
  await expect(page.getByTestId('judgement-schedule')).toHaveText(/Nothing is listed yet/);
  await page.getByTestId('add-span').click();
  await expect(page.getByTestId('span-from-1')).toHaveValue('22:00');

  // Tomorrow alone, for an hour.
  const tomorrow = new Date(new Date().setHours(24, 0, 0, 0)).getDay() || 7;
  const schedule = [{ days: [tomorrow], fromMinute: 6 * 60, toMinute: 7 * 60 }];
  await app.ask('updateSettings', { pauseSchedule: schedule });
  const state = await app.until('paused', (now) => reasonsOf(now).includes('schedule'));
  if (state.miner.kind !== 'paused') throw new Error('not paused');
  expect(state.miner.reasons[0]?.untilMs).toBe(new Date(new Date().setHours(30, 0, 0, 0)).getTime());
  await expect(strip()).toContainText(/outside the schedule until .*6:00/);
  await expect(page.getByTestId('judgement-schedule')).toContainText(/Holds now: .* until .*6:00/);

  await page.getByTestId('resume-button').click();
  await app.until('mining all the same', ({ miner }) => miner.kind === 'mining');
  await expect(page.getByTestId('overridden-rules')).toContainText('outside the schedule');
  await page.getByTestId('rule-schedule').click();
  await expect(page.getByTestId('overridden-rules')).toBeHidden();
});

test('while an app of the list runs it is paused, and goes on once that has ended', async () => {
  test.skip(process.platform !== 'linux', 'what runs is looked at every second on Linux alone');
  const { page } = app;
  const name = `cpc-busy-${process.pid}`;
  const program = join(folder, name);
  copyFileSync('/bin/sleep', program);
  await page.getByTestId('rule-app').click();
  await page.getByTestId('app-name').fill(`${program} `);
  await page.getByTestId('add-app').click();
  await app.until('judged', ({ pauseRules }) =>
    pauseRules.some(({ rule, judgement }) => rule === 'app' && judgement.kind === 'free'),
  );

  running = spawn(program, ['600'], { stdio: 'ignore' });
  await app.until('paused', (now) => reasonsOf(now).includes('app'));
  await expect(strip()).toContainText(`${name} runs until it ends`);
  // Where a person pauses too, the rule's end does not end that.
  await app.ask('pauseMining', 'manual');
  running.kill();
  running = null;
  await app.until('the rule is free', (now) => reasonsOf(now).join() === 'manual');
  await app.ask('resumeMining');
  await app.until('mining again', ({ miner }) => miner.kind === 'mining');
  await page.getByTestId('rule-app').click();
});

test('a rule that this machine can’t judge says so, and holds nothing back', async () => {
  const { pauseRules } = await app.state();
  const unable = pauseRules.find(({ judgement }) => judgement.kind === 'off' && judgement.unable !== null);
  test.skip(unable === undefined, 'this machine has a battery and every sensor');
  if (unable === undefined) return;
  await app.page.getByTestId(`rule-${unable.rule}`).click();
  await expect(app.page.getByTestId(`judgement-${unable.rule}`)).toHaveAttribute('data-kind', 'unknown');
  await expect(app.page.getByTestId(`judgement-${unable.rule}`)).toContainText('Can’t be judged');
  await app.page.getByTestId(`rule-${unable.rule}`).click();
});

test('to finish lets the task in hand come to its end, and is off then', async () => {
  const { page } = app;
  const before = await app.until('mining', ({ miner }) => miner.kind === 'mining');
  await page.getByTestId('pause-button').click();
  await page.getByTestId('finish').click();
  const after = await app.until('off', ({ miner }) => miner.kind === 'idle');
  const ended = new Set(['proved', 'abandoned', 'superseded', 'expired', 'rejected']);
  expect(after.tasks.recent.filter(({ state }) => !ended.has(state))).toEqual([]);
  expect(after.tasks.today.proved).toBeGreaterThanOrEqual(before.tasks.today.proved);
  await expect(page.getByTestId('start-button')).toBeVisible();
});

test('without a window the rules of the command line apply, and each reason is told', async () => {
  const other = newProfile();
  // The display that the tests run on, or the person before it, is younger than that.
  const rule = ['--pause-when-active', '--pause-idle-minutes', '120'];
  const miner = new Headless(['--profile', other.path, '--auto', ...rule, ...QUICK]);
  try {
    const judged = await miner.waitFor('the rule’s first judgement', ({ event }) => event === 'pause_rule');
    test.skip(judged.unknown !== null, 'this machine does not tell');
    const told = await miner.waitFor('paused', ({ event, state }) => event === 'state' && state === 'paused');
    expect(told.reasons).toEqual([
      {
        reason: 'active',
        untilMs: null,
        why: 'the computer is in use',
        ends: 'until idle for 120 min',
      },
    ]);
    expect(miner.events.filter(({ event }) => event === 'task')).toEqual([]);
  } finally {
    await miner.stop();
    other.dispose();
  }
});
