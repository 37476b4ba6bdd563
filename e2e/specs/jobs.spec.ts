import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { PlainValidator } from '../driver/world/plain-validator';

const SMALL = { challenge_type: 'synthetic', seed: 'ab'.repeat(32), matrix_size: 32 };

let profile: ReturnType<typeof newProfile>;
let app: App;
let validator: PlainValidator;

test.beforeEach(async () => {
  validator = await PlainValidator.start();
  profile = newProfile();
  app = await App.launch(profile.path, ['--engine', 'cpu', ...QUICK]);
  await app.until('the network', ({ node }) => node.height !== null);
  await app.ask('createKey');
  await app.ask('startMining');
  await app.page.getByTestId('nav-jobs').click();
});
test.afterEach(async () => {
  await app.quit();
  await validator.close();
  profile.dispose();
});

/** Chooses the validator as a person does. */
async function choose(url: string): Promise<void> {
  await app.page.getByTestId('validator-choose-address').click();
  await app.page.getByTestId('validator-url').fill(url);
  await app.page.getByTestId('validator-save').click();
}

/** What the screen says is wrong, below the miner's own state. */
const problem = () => app.page.locator('#content').getByTestId('error-text');

const connectionState = (state: string) =>
  expect(app.page.getByTestId('validator-state')).toHaveAttribute('data-state', state);

test('jobs of a validator whose address was typed are seen to come, to be answered and delivered', async () => {
  const { page } = app;
  await expect(page.getByTestId('validator-none')).toBeVisible();
  await choose('validator.example');
  await expect(problem()).toHaveAttribute('data-code', 'invalid_validator_url');
  await choose(` ${validator.url}\n`);
  await connectionState('connected');
  await expect(page.getByTestId('validator-save')).toBeDisabled();

  validator.job(SMALL, 'first', '5f0c1d8e-0000-4000-8000-0123456789ab');
  validator.job({ challenge_type: 'unheard_of' }, 'second');
  const first = page.locator('[data-testid=job-row][data-job-id=first]');
  await expect(first).toHaveAttribute('data-state', 'delivered');
  await expect(page.getByTestId('jobs-answered')).toHaveText('1');
  await expect(page.getByTestId('jobs-lastMinute')).toHaveText('1');
  await expect(page.getByTestId('jobs-undelivered')).toHaveText('0');
  await expect(page.getByTestId('jobs-error-unsupported')).toHaveText('1');

  await first.click();
  await expect(page.getByTestId('job-step')).toHaveText([/Received/, /Computed/, /Answered/, /Delivered/]);
  const answer = validator.answersTo('first')[0];
  await expect(page.getByTestId('job-trail').getByTitle(String(answer?.result_hash))).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('job-trail')).toHaveCount(0);
});

test('a pause refuses jobs, a validator that ends is told with why and tried again, and none is none', async () => {
  const { page } = app;
  await choose(validator.url);
  await connectionState('connected');
  await app.ask('pauseMining', '1h');
  await app.until('paused', ({ miner }) => miner.kind === 'paused');
  validator.job(SMALL, 'late');
  await validator.until('refused', () => validator.answersTo('late').length === 1);
  expect(validator.answersTo('late')).toMatchObject([{ type: 'job_error', code: 'paused' }]);
  await expect(page.getByTestId('jobs-error-paused')).toHaveText('1');
  await expect(page.getByTestId('validator-turned-down')).toBeVisible();

  const { port } = validator;
  await validator.close();
  await connectionState('waiting');
  await expect(problem()).toHaveAttribute('data-code', /^validator_/);
  validator = await PlainValidator.start(port);
  await app.ask('resumeMining');
  await connectionState('connected');
  validator.job(SMALL, 'again');
  await validator.until('answered', () => validator.answersTo('again').length === 1);
  expect(validator.answersTo('again')).toMatchObject([{ type: 'job_result' }]);

  await page.getByTestId('validator-choose-none').click();
  await validator.until('gone', () => !validator.isConnected);
  await expect(page.getByTestId('validator-none')).toBeVisible();
});

test('a task that is offered on the built-in market comes back as a job, and is done', async () => {
  const { page } = app;
  await page.getByTestId('market-use-built-in').click();
  await connectionState('connected');
  await page.getByTestId('market-size').fill('48');
  await page.getByTestId('market-iterations').fill('0');
  await expect(page.getByTestId('market-create')).toBeDisabled();
  await page.getByTestId('market-iterations').fill('2');
  await page.getByTestId('market-reward').fill('2,5');
  await page.getByTestId('market-create').click();
  const taskId = await page.getByTestId('market-created').getByRole('button').getAttribute('title');
  const row = page.getByTestId('job-row');
  await expect(row).toHaveCount(1);
  await expect(row).toHaveAttribute('data-state', 'delivered');
  await row.click();
  await expect(page.getByTestId('job-trail').getByTitle(String(taskId), { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('a validator that lets nobody in is told so, left alone for long, and tried again where a person says so', async () => {
  const { page } = app;
  let refuses = true;
  let asked = 0;
  const strict = await PlainValidator.start(0, {
    verifyClient: (_info: unknown, answer: (ok: boolean, code?: number) => void) => {
      asked += 1;
      answer(!refuses, 401);
    },
  });
  try {
    await choose(strict.url);
    await connectionState('waiting');
    await expect(problem()).toHaveAttribute('data-code', 'validator_unauthorized');
    expect(asked).toBe(1);
    refuses = false;
    await page.getByTestId('validator-retry').click();
    await connectionState('connected');
    await expect(problem()).toHaveCount(0);
    expect(asked).toBe(2);
  } finally {
    await strict.close();
  }
});

test('what is set about jobs is kept, and what can’t be is said', async () => {
  const { page } = app;
  await page.getByTestId('job-priority-own_first').click();
  await page.getByTestId('job-submit').click();
  await page.getByTestId('job-introduce').click();
  await page.getByTestId('job-limit-jobQueueLimit').fill('0');
  await expect(page.getByTestId('save-jobQueueLimit')).toBeDisabled();
  await page.getByTestId('job-limit-jobQueueLimit').fill('25');
  await page.getByTestId('save-jobQueueLimit').click();
  await page.getByTestId('job-limit-jobTimeLimitSeconds').fill('60');
  await page.getByTestId('save-jobTimeLimitSeconds').click();
  await page.getByTestId('job-limit-jobFrameLimitMiB').fill('8');
  await page.getByTestId('save-jobFrameLimitMiB').click();
  await app.until('kept', ({ settings }) => settings.jobFrameLimitMiB === 8);
  expect((await app.state()).settings).toMatchObject({
    jobPriority: 'own_first',
    jobSubmit: false,
    jobIntroduce: true,
    jobQueueLimit: 25,
    jobTimeLimitSeconds: 60,
  });
  await choose(validator.url);
  await validator.until('introduced', () => validator.answers.some(({ type }) => type === 'hello'));
});
