import { expect, type Locator, test } from '@playwright/test';
import type { TaskRow } from '../../src-shared/ipc/task-row';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { holdResults } from '../driver/electron/compute-worker';
import { timeline } from '../driver/electron/timeline';

// One first run from the first window to the proof, told in steps: each goes on where the last one ended.
test.describe.configure({ mode: 'serial' });

const TOP_UP_UNITS = 10n * 10n ** 18n;
const profile = newProfile();
let app: App;

test.beforeAll(async () => {
  app = await App.launch(profile.path, QUICK);
});

test.afterAll(async () => {
  await app?.quit();
  profile.dispose();
});

test('a fresh profile begins with the key and nothing else', async () => {
  const { page } = app;
  await expect(page.getByTestId('welcome')).toBeVisible();
  await expect(page.getByTestId('key-create')).toBeEnabled();
  await expect(page.getByTestId('key-import-submit')).toBeDisabled();
  await expect(page.getByTestId('state-line')).toHaveCount(0);
  const { key, miner } = await app.state();
  expect(key).toMatchObject({ state: 'none', address: null, error: null });
  expect(miner.kind).toBe('idle');
});

for (const { what, typed, whileTyping } of [
  { what: 'letters that are no hex', typed: 'q'.repeat(64), whileTyping: /0–9.*a–f/ },
  { what: 'more than 64 characters', typed: 'ab'.repeat(33), whileTyping: /Too long/ },
  { what: 'fewer than 64 characters', typed: 'ab'.repeat(31), whileTyping: null },
  { what: 'a number outside the curve', typed: 'f'.repeat(64), whileTyping: null },
]) {
  test(`a private key of ${what} is refused where it was typed, without being quoted`, async () => {
    const { page } = app;
    const input = page.getByTestId('key-import-input');
    await input.fill(typed);
    await expect(input).toHaveAttribute('aria-invalid', String(whileTyping !== null));
    if (whileTyping !== null) await expect(problemOf(input)).toHaveText(whileTyping);
    await page.getByTestId('key-import-submit').click();
    await expect(problemOf(input).getByTestId('error-text')).toHaveAttribute(
      'data-code',
      'invalid_private_key',
    );
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    // What was sent is not kept: neither in the field nor anywhere else on the page.
    await expect(input).toHaveValue('');
    expect(await page.content()).not.toContain(typed.slice(0, 12));
    expect((await app.state()).key.state).toBe('none');
    await input.fill('a');
    await expect(input).toHaveAttribute('aria-invalid', 'false');
    await input.fill('');
  });
}

test('a created key, kept later, leads to the panel; started without a top-up, the miner is blocked there and says so', async () => {
  const { page } = app;
  await page.getByTestId('key-create').click();
  await page.getByTestId('backup-later').click();
  const { key } = await app.state();
  expect(key).toMatchObject({ state: 'ready', storedIn: 'keychain' });
  expect(key.address).toMatch(/^cpc1[02-9ac-hj-np-z]+$/);

  await page.getByTestId('first-run-top-up').click();
  await expect(page.getByTestId('first-run-top-up')).not.toBeChecked();
  await page.getByTestId('first-run-start').click();
  await expect(page.getByTestId('miner-state')).toHaveAttribute('data-kind', 'blocked');
  await expect(page.getByTestId('welcome')).toHaveCount(0);
  await expect(page.getByTestId('miner-state')).toHaveText('Blocked: balance');
  const cause = page.getByTestId('state-line').getByTestId('error-text');
  await expect(cause).toHaveAttribute('data-code', 'insufficient_balance');
  await expect(page.getByTestId('balance')).toHaveAttribute('data-units', '0');
  await expect(page.getByTestId('state-line').getByRole('button', { name: 'Top up' })).toBeVisible();
});

test('one click tops up: busy until a block confirms it, then the new balance, and mining begins by itself', async () => {
  const { page } = app;
  const button = page.getByTestId('faucet-button');
  await expect(button).toHaveAttribute('data-state', 'idle');
  const seen = await timeline(button, ['data-state', 'aria-busy']);
  // A network that holds its breath: until it goes on, nothing is sent, and no block comes.
  const devnet = await app.devnetPid();
  process.kill(devnet, 'SIGSTOP');
  await button.click();
  await expect(button).toHaveAttribute('data-state', 'sending');
  await expect(button).toHaveAttribute('aria-busy', 'true');
  process.kill(devnet, 'SIGCONT');
  await expect(button).toHaveAttribute('data-state', 'confirmed');
  const states = await seen();
  expect(states.at(-1)).toEqual({ 'data-state': 'confirmed', 'aria-busy': 'false' });
  // "Confirming" may be over before the window hears of it.
  for (const state of states.slice(0, -1)) expect(state['aria-busy']).toBe('true');
  // Nothing was pressed since: what follows comes by itself.
  await expect(page.getByTestId('miner-state')).toHaveAttribute('data-kind', 'mining');
  const { balance, faucet } = await app.until('a new balance', (s) => BigInt(s.balance.units ?? 0) > 0n);
  expect(faucet).toMatchObject({ state: 'confirmed', amountUnits: TOP_UP_UNITS.toString() });
  const units = BigInt(balance.units ?? 0);
  expect(units).toBeLessThanOrEqual(TOP_UP_UNITS);
  expect(TOP_UP_UNITS - units).toBeLessThan(100n * BigInt(balance.resultFeeUnits ?? 0));
  await expect(page.getByTestId('balance')).not.toHaveAttribute('data-units', '0');
});

let proved: TaskRow;

test('a first result is proved', async () => {
  // The block after the result's tells its hash from the outside.
  const isSettled = (task: TaskRow, tip: number | null) =>
    task.state === 'proved' && (task.confirmedHeight ?? 0) < (tip ?? 0);
  const {
    tasks: { recent: recentTasks },
    node,
  } = await app.until('a proved result below the tip', (snapshot) =>
    snapshot.tasks.recent.some((task) => isSettled(task, snapshot.node.height)),
  );
  [proved] = recentTasks.filter((task) => isSettled(task, node.height)) as [TaskRow];
  await expect(app.page.getByTestId('today-proved')).not.toHaveText('0');
});

for (const { kind, by } of [
  { kind: 'height', by: (task: TaskRow) => String(task.confirmedHeight) },
  { kind: 'tx_hash', by: (task: TaskRow) => String(task.txHash) },
  { kind: 'task_id', by: (task: TaskRow) => task.taskId },
]) {
  test(`an own result's block is found by ${kind}: every check passed here, the result marked as mine`, async () => {
    const { page } = app;
    await page.getByTestId('nav-dashboard').click();
    await page.getByTestId('nav-blocks').click();
    await lookUp(kind, by(proved));
    const report = page.getByTestId('block-report');
    await expect(report).toHaveAttribute('data-height', String(proved.confirmedHeight));
    const checks = await dataOf(report.getByTestId('block-check'));
    expect(Object.keys(checks)).toEqual(
      expect.arrayContaining(['hash', 'prev_hash', 'tx_root', 'compute_root', 'signature', 'tx_signatures']),
    );
    expect(notPassed(checks)).toEqual([]);
    const own = report.locator(`[data-testid="block-result"][data-tx-hash="${proved.txHash}"]`);
    await expect(own).toHaveAttribute('data-mine', 'true');
    await expect(own).toContainText('mine');
  });
}

test('a sampled audit of an own result agrees, and says how many rows it recomputed', async () => {
  const own = app.page.locator(`[data-testid="block-result"][data-tx-hash="${proved.txHash}"]`);
  await own.getByTestId('audit-sampled').click();
  await expect(own.getByTestId('audit-verdict')).toHaveAttribute('data-ok', 'true');
  await expect(own.getByTestId('audit-verdict')).toContainText(/sampled: [1-9]\d* of 64 rows recomputed/);
});

test('a full audit does the whole task again, and agrees', async () => {
  const own = app.page.locator(`[data-testid="block-result"][data-tx-hash="${proved.txHash}"]`);
  await own.getByTestId('audit-full').click();
  await expect(own.getByTestId('audit-verdict')).toContainText('full: 64 of 64 rows recomputed');
  await expect(own.getByTestId('audit-verdict')).toHaveAttribute('data-ok', 'true');
});

test('an audit that takes long can be cancelled, and mining goes on', async () => {
  const own = app.page.locator(`[data-testid="block-result"][data-tx-hash="${proved.txHash}"]`);
  const letGo = await holdResults(await App.windowOf(app.electron, 'app://compute/'));
  await own.getByTestId('audit-full').click();
  await own.getByTestId('audit-cancel').click();
  await expect(own.getByTestId('audit-full')).toBeEnabled();
  await expect(own.getByTestId('audit-cancel')).toHaveCount(0);
  await expect(own.getByTestId('error-text')).toHaveCount(0);
  await letGo();
  const {
    tasks: { today },
  } = await app.state();
  await app.until('one more result', (now) => now.tasks.today.proved > today.proved);
});

for (const { kind, typed, code } of [
  { kind: 'height', typed: '-1', code: 'invalid_height' },
  { kind: 'height', typed: '1e3', code: 'invalid_height' },
  { kind: 'height', typed: '99999999999999999999', code: 'invalid_height' },
  { kind: 'height', typed: '999999999', code: 'not_found' },
  { kind: 'tx_hash', typed: 'nonsense', code: 'invalid_hash' },
  { kind: 'tx_hash', typed: '0'.repeat(64), code: 'not_found' },
  { kind: 'task_id', typed: 'nonsense', code: 'not_found' },
]) {
  test(`looking up ${kind} "${typed.slice(0, 20)}" is refused where it was typed: ${code}`, async () => {
    const { page } = app;
    const input = page.getByTestId('lookup-value');
    await lookUp(kind, typed);
    await expect(problemOf(input).getByTestId('error-text')).toHaveAttribute('data-code', code);
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await expect(input).toHaveValue(typed);
    // The block that was open stays open.
    await expect(page.getByTestId('block-report')).toBeVisible();
    await input.fill(`${typed} `);
    await expect(input).toHaveAttribute('aria-invalid', 'false');
  });
}

test('the trail of a proved task shows every check passed, and its path to the compute_root of its block', async () => {
  const { page } = app;
  await page.getByTestId('nav-tasks').click();
  await page.locator(`[data-testid="task-row"][data-task-id="${proved.taskId}"]`).click();
  const trail = page.getByTestId('trail');
  await expect(trail).toBeVisible();
  const checks = await dataOf(trail.getByTestId('trail-check'));
  expect(Object.keys(checks)).toEqual(
    expect.arrayContaining(['tx_in_block', 'result_in_compute_root', 'result_hash', 'result_task_id']),
  );
  // Others' signatures are checked where a block is looked up, not for each block of the tip.
  expect(notPassed(checks, 'tx_signatures')).toEqual([]);

  const { computeRoot } = await app.ask('lookUpBlock', {
    by: 'height',
    value: String(proved.confirmedHeight),
  });
  const path = trail.getByTestId('merkle-path').getByRole('listitem');
  await expect(path.last().getByRole('button')).toHaveAttribute('title', computeRoot);
  await page.keyboard.press('Escape');
  await expect(trail).toHaveCount(0);
});

async function lookUp(kind: string, value: string): Promise<void> {
  const { page } = app;
  await page.getByTestId('lookup-kind').selectOption(kind);
  await page.getByTestId('lookup-value').fill(value);
  await page.getByTestId('lookup-submit').click();
}

/** What stands under an input as the reason it is refused. */
function problemOf(input: Locator): Locator {
  return input.locator('xpath=ancestor::div[2]').locator('[id$="-problem"]');
}

/** The checks that did not pass; the one named last may say that it was not made, never that it failed. */
function notPassed(checks: Record<string, string>, mayBeLeftOut?: string): string[] {
  return Object.entries(checks)
    .filter(([name, ok]) => ok !== 'true' && !(name === mayBeLeftOut && ok === 'not_checked'))
    .map(([name, ok]) => `${name}: ${ok}`);
}

/** `data-ok` by `data-name` of each check in a list. */
async function dataOf(checks: Locator): Promise<Record<string, string>> {
  await expect(checks.first()).toBeVisible();
  const pairs = await checks.evaluateAll((elements) =>
    elements.map((element) => [
      element.getAttribute('data-name') ?? '',
      element.getAttribute('data-ok') ?? '',
    ]),
  );
  return Object.fromEntries(pairs);
}
