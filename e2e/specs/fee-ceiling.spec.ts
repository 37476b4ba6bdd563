import { expect, type Locator, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';

// One profile: a ceiling is typed, saved and kept, stops the miner, and lets it go on.
test.describe.configure({ mode: 'serial' });

const UNITS_PER_CPC = 10n ** 18n;
const profile = newProfile();
let app: App;
let feeUnits: bigint;

test.beforeAll(async () => {
  app = await App.launch(profile.path, QUICK);
  await app.ask('createKey');
  await app.page.getByTestId('start-button').click();
  await app.until('blocked at the balance', ({ miner }) => miner.kind === 'blocked');
  const { balance } = await app.until('the fee', ({ balance }) => balance.resultFeeUnits !== null);
  feeUnits = BigInt(balance.resultFeeUnits ?? 0);
});

test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
});

const at = (testId: string): Locator => app.page.getByTestId(testId);

/** An amount in units as a person types it. */
function cpc(units: bigint): string {
  return `${units / UNITS_PER_CPC}.${String(units % UNITS_PER_CPC).padStart(18, '0')}`;
}

async function saveCeiling(typed: string): Promise<void> {
  await at('nav-settings').click();
  await at('settings-fee-ceiling').fill(typed);
  await at('settings-fee-ceiling').press('Enter');
  await expect(at('save-fee-ceiling')).toBeDisabled();
}

test('there is no ceiling at first', async () => {
  await at('nav-settings').click();
  await expect(at('settings-fee-ceiling')).toHaveValue('');
  await expect(at('save-fee-ceiling')).toBeDisabled();
  await expect(at('fee-ceiling-reach')).toHaveCount(0);
});

for (const { typed, problem } of [
  { typed: 'much', problem: /amount of CPC in digits/ },
  { typed: '-1', problem: /amount of CPC in digits/ },
  { typed: '0,5', problem: /a point, not a comma/ },
  { typed: '0.0', problem: /ceiling of zero/ },
  { typed: `0.${'0'.repeat(18)}1`, problem: /at most 18 decimal places/ },
]) {
  test(`"${typed}" is refused as it is typed, and cannot be saved`, async () => {
    const input = at('settings-fee-ceiling');
    await input.fill(typed);
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await expect(input).toHaveAccessibleDescription(problem);
    await expect(at('save-fee-ceiling')).toBeDisabled();
    await input.press('Enter');
    expect((await app.state()).settings.feeCeilingUnits).toBeNull();
  });
}

test('while it is typed it says how many results an hour it pays for', async () => {
  await at('settings-fee-ceiling').fill(cpc(1500n * feeUnits + 1n));
  await expect(at('fee-ceiling-reach')).toHaveText('This pays for 1,500 results an hour.');
  await at('settings-fee-ceiling').fill(cpc(feeUnits));
  await expect(at('fee-ceiling-reach')).toHaveText('This pays for 1 result an hour.');
  await at('settings-fee-ceiling').fill(cpc(feeUnits - 1n));
  await expect(at('fee-ceiling-reach')).toContainText('none is ever sent');
});

test('a ceiling is kept over a restart', async () => {
  await saveCeiling(cpc(2n * feeUnits));
  await app.until('saved', ({ settings }) => settings.feeCeilingUnits === String(2n * feeUnits));
  await app.quit();
  app = await App.launch(profile.path, QUICK);
  await app.until('the fee', ({ balance }) => balance.resultFeeUnits !== null);
  expect((await app.state()).settings.feeCeilingUnits).toBe(String(2n * feeUnits));
  await at('nav-settings').click();
  const typed = await at('settings-fee-ceiling').inputValue();
  expect(typed).toBe(cpc(2n * feeUnits).replace(/0+$/, ''));
  await expect(at('fee-ceiling-reach')).toHaveText('This pays for 2 results an hour.');
});

test('at the ceiling the miner waits, and the dashboard says what, why and until when', async () => {
  await app.topUp();
  const {
    miner,
    tasks: { recent: recentTasks },
  } = await app.until(
    'blocked by the ceiling',
    ({ miner }) => miner.kind === 'blocked' && miner.error.code === 'fee_ceiling_reached',
  );
  expect(recentTasks.filter((task) => task.feeUnits !== null)).toHaveLength(2);
  if (miner.kind !== 'blocked') throw new Error('not blocked');
  const retryInMs = (miner.retryAtMs ?? 0) - Date.now();
  expect(retryInMs).toBeGreaterThan(55 * 60_000);
  expect(retryInMs).toBeLessThanOrEqual(60 * 60_000);
  await at('nav-dashboard').click();
  const line = at('state-line');
  await expect(line.getByTestId('error-text')).toHaveAttribute('data-code', 'fee_ceiling_reached');
  await expect(line.getByTestId('error-text')).toContainText('The fees of the last hour');
  await expect(at('miner-state')).toHaveText('Blocked: fee ceiling');
  await expect(line).toContainText('With a higher ceiling mining goes on at once.');
  await expect(line).toContainText(/goes on by itself in 5\d min/);
});

test('its button leads to the field; below one fee it says that no time will help', async () => {
  await at('remedy-button').click();
  await expect(at('settings-fee-ceiling')).toBeVisible();
  await saveCeiling(cpc(feeUnits / 2n));
  await expect(at('state-line')).toContainText('only a higher ceiling lets mining go on');
  await expect(at('state-line')).not.toContainText('goes on by itself');
});

test('an emptied field takes the ceiling away, and mining goes on at once', async () => {
  const {
    tasks: { today: before },
  } = await app.state();
  await saveCeiling('');
  const { settings } = await app.until(
    'another result',
    ({ tasks: { today } }) => today.proved > before.proved + 2,
  );
  expect(settings.feeCeilingUnits).toBeNull();
  await expect(at('miner-state')).toHaveAttribute('data-kind', 'mining');
});
