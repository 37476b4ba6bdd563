import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { filesHolding, filesIn, heapOf, needlesOf } from '../driver/electron/canary';
import { Headless } from '../driver/electron/headless';
import { PlainValidator } from '../driver/world/plain-validator';

const SMALL = { challenge_type: 'synthetic', seed: 'ab'.repeat(32), matrix_size: 32 };

let profile: ReturnType<typeof newProfile>;
let token = '';
let validator: PlainValidator;

test.beforeEach(async () => {
  profile = newProfile();
  token = `canary-${randomBytes(24).toString('hex')}`;
  validator = await PlainValidator.start(0, {
    verifyClient: (
      { req }: { req: IncomingMessage },
      answer: (ok: boolean, code?: number, why?: string) => void,
    ) => answer(req.headers.authorization === `Bearer ${token}`, 401, 'Unauthorized'),
  });
});
test.afterEach(async () => {
  await validator.close();
  profile.dispose();
});

test('a validator that wants a token gets it, from the keychain, and nobody else knows it', async () => {
  let app = await App.launch(profile.path, ['--engine', 'cpu', ...QUICK]);
  const state = (name: string) =>
    expect(app.page.getByTestId('validator-state')).toHaveAttribute('data-state', name);
  await app.until('the network', ({ node }) => node.height !== null);
  await app.ask('createKey');
  await app.ask('startMining');
  await app.ask('updateSettings', { validatorUrl: validator.url });
  await app.page.getByTestId('nav-jobs').click();
  await state('waiting');
  await app.page.getByTestId('validator-to-token').click();
  await expect(app.page.getByTestId('validator-token')).toBeFocused();
  await app.page.keyboard.insertText(`two words ${token}`);
  await app.page.keyboard.press('Enter');
  await expect(app.page.locator('#content').locator('[data-code=invalid_token]')).toBeVisible();
  await app.page.getByTestId('validator-token').fill(token);
  await app.page.getByTestId('validator-token-keep').click();
  await state('connected');
  await expect(app.page.getByTestId('validator-token')).toHaveValue('');
  await expect(app.page.getByTestId('validator-token')).toHaveAttribute('data-kept', 'true');
  validator.job(SMALL, 'one');
  await validator.until('answered', () => validator.answersTo('one').length === 1);

  const needles = needlesOf([token, Buffer.from(token).toString('hex')]);
  const heap = await heapOf(app, 'app://ui/');
  expect(heap.includes(validator.url), 'the address is in the heap').toBe(true);
  expect(heap.includes(token), 'the heap').toBe(false);
  expect(JSON.stringify(await app.state())).not.toContain(token);
  expect(filesHolding(profile.path, needlesOf([validator.url])), 'the search finds').not.toEqual([]);
  expect(filesHolding(profile.path, needles)).toEqual([]);
  await app.quit();
  expect(filesHolding(profile.path, needles)).toEqual([]);
  expect([...app.stdout, ...app.stderr].join('\n')).not.toContain(token);

  app = await App.launch(profile.path, ['--engine', 'cpu', ...QUICK]);
  await app.page.getByTestId('nav-jobs').click();
  await state('connected');
  await app.page.getByTestId('validator-token-forget').click();
  await state('waiting');
  await expect(app.page.getByTestId('validator-token')).toHaveAttribute('data-kept', 'false');
  expect((await app.state()).jobs.validator?.error?.code).toBe('validator_unauthorized');
  await app.quit();
});

test('without a window the token comes from a file, for that run alone, and is printed nowhere', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'token-'));
  try {
    const file = join(folder, 'token');
    writeFileSync(file, `${token}\n`, { mode: 0o600 });
    const args = ['--profile', profile.path, '--create-key', '--engine', 'cpu', ...QUICK];
    const miner = new Headless([...args, '--validator', validator.url, '--validator-token-file', file]);
    await miner.waitFor('connected', ({ event, state }) => event === 'validator' && state === 'connected');
    validator.job(SMALL, 'one');
    await validator.until('answered', () => validator.answersTo('one').length === 1);
    expect(await miner.stop()).toBe(0);
    expect(JSON.stringify(miner.events) + miner.stderr.join('\n')).not.toContain(token);
    expect(filesIn(profile.path).length).toBeGreaterThan(0);
    expect(filesHolding(profile.path, needlesOf([token]))).toEqual([]);

    const without = new Headless([...args, '--validator', validator.url]);
    const refused = await without.waitFor(
      'refused',
      ({ event, state }) => event === 'validator' && state === 'waiting',
    );
    expect(refused.reason).toMatchObject({ code: 'validator_unauthorized' });
    expect(await without.stop()).toBe(0);

    writeFileSync(file, `no token ${token}`);
    const spoilt = new Headless([...args, '--validator', validator.url, '--validator-token-file', file]);
    expect(await spoilt.exit).toBe(2);
    expect(spoilt.events.at(-1)).toMatchObject({ event: 'error', code: 'invalid_token' });
    expect(JSON.stringify(spoilt.events) + spoilt.stderr.join('\n')).not.toContain(token);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
