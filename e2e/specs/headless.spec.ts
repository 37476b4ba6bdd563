import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ALICE } from '../../src-main/devnet/test-network';
import { newProfile, QUICK } from '../driver/electron/app';
import { Headless } from '../driver/electron/headless';
import { processesOf } from '../driver/electron/processes';
import { readExposition } from '../driver/world/strict-exposition';

const NO_BUS = { DBUS_SESSION_BUS_ADDRESS: 'disabled:', XDG_RUNTIME_DIR: undefined };

let profile: ReturnType<typeof newProfile>;
test.beforeEach(() => {
  profile = newProfile();
});
test.afterEach(() => profile.dispose());

const run = (args: string[], env = {}) => new Headless(['--profile', profile.path, ...args], env);

test('exits 0 once the tasks are proved, one JSON object per event', async () => {
  const miner = run(['--auto', '--tasks', '2', ...QUICK]);
  expect(await miner.exit).toBe(0);
  const proved = miner.events.filter(({ event, state }) => event === 'task' && state === 'proved');
  expect(proved).toHaveLength(2);
  for (const event of ['block', 'balance', 'task'])
    expect(miner.events.some((told) => told.event === event)).toBe(true);
});

test('without any display it says what is missing, instead of crashing', async () => {
  const miner = run(['--auto', ...QUICK], { DISPLAY: undefined, WAYLAND_DISPLAY: undefined });
  expect(await miner.exit).toBe(1);
  expect(miner.events).toMatchObject([{ event: 'error', code: 'display_missing' }]);
  expect(miner.stderr.join('\n')).toContain('xvfb-run -a');
});

test('ended by a signal before its tasks are proved, it says so by its exit code', async () => {
  const miner = run(['--auto', '--tasks', '1000', ...QUICK]);
  await miner.waitFor('a block', ({ event }) => event === 'block');
  expect(await miner.stop()).toBe(128 + constants.signals.SIGTERM);
});

test('told to end, it first does the task in hand and sends it, and tells its figures meanwhile', async () => {
  const args = ['--auto', '--engine', 'cpu', '--block-time', '5', '--matrix-size', '1024'];
  const miner = run([...args, '--metrics-port', '0']);
  const { url } = await miner.waitFor('its figures', ({ event }) => event === 'metrics');
  const task = await miner.waitFor('a task', ({ event, state }) => event === 'task' && state === 'planned');
  miner.process.kill('SIGTERM');
  const figures = readExposition(await (await fetch(`${url}/metrics`)).text());
  expect(figures.get('computechain_miner_tasks_total')?.samples).toContainEqual({
    labels: { state: 'planned' },
    value: 1,
  });
  expect((await fetch(`${url}/healthz`)).status).toBe(503);
  expect(await miner.exit).toBe(0);
  const told = miner.events.filter(({ event }) => event === 'task');
  expect(told.at(-1)).toMatchObject({ taskId: task.taskId, state: 'in_pool' });
  expect(miner.events).toContainEqual(expect.objectContaining({ event: 'state', state: 'finishing' }));
});

test('told to end twice, it drops what is in hand', async () => {
  const args = ['--auto', '--engine', 'cpu', '--block-time', '5', '--matrix-size', '4096'];
  const miner = run(args);
  await miner.waitFor('a task', ({ event, state }) => event === 'task' && state === 'planned');
  miner.process.kill('SIGTERM');
  await miner.waitFor('finishing', ({ event, state }) => event === 'state' && state === 'finishing');
  miner.process.kill('SIGTERM');
  expect(await miner.exit).toBe(0);
  expect(miner.events.some(({ event, state }) => event === 'task' && state === 'computed')).toBe(false);
});

test('without a session bus the key is kept in an encrypted file, and found again with the passphrase alone', async () => {
  const env = { ...NO_BUS, CPC_MINER_PASSPHRASE: 'correct horse battery staple' };
  const first = run(['--auto', '--tasks', '1', ...QUICK], env);
  const key = await first.waitFor('the key', ({ event }) => event === 'key');
  expect(key.storedIn).toBe('file');
  expect(await first.exit).toBe(0);
  const file = join(profile.path, 'keys', `${key.address}.json`);
  expect(readFileSync(file, 'utf8')).toContain('xchacha20-poly1305');

  const second = run(['--auto', ...QUICK], env);
  const again = await second.waitFor('the key again', ({ event }) => event === 'key');
  expect(again.address).toBe(key.address);
  expect(await second.stop()).toBe(0);

  const wrong = run(['--auto', ...QUICK], { ...NO_BUS, CPC_MINER_PASSPHRASE: 'wrong' });
  expect(await wrong.exit).toBe(1);
  expect(wrong.events).toContainEqual(expect.objectContaining({ event: 'error', code: 'passphrase_wrong' }));
});

test('a key comes from one file and its passphrase from another, which no process is told', async () => {
  const files = { key: join(profile.path, 'key.hex'), passphrase: join(profile.path, 'words') };
  writeFileSync(files.key, `${Buffer.from(ALICE.key).toString('hex')}\n`, { mode: 0o600 });
  writeFileSync(files.passphrase, 'from a file\n', { mode: 0o600 });
  const args = ['--passphrase-file', files.passphrase, ...QUICK];
  const miner = run(['--import-key', files.key, ...args], NO_BUS);
  const key = await miner.waitFor('the key', ({ event }) => event === 'key');
  expect(key).toMatchObject({ address: ALICE.address, storedIn: 'file' });
  for (const { pid } of processesOf(miner.process.pid ?? 0))
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('from a file');
  expect(await miner.stop()).toBe(0);
  const again = run(args, { ...NO_BUS, CPC_MINER_PASSPHRASE: 'from a file' });
  await again.waitFor('the key again', ({ event }) => event === 'key');
  expect(await again.stop()).toBe(0);
  const other = run(['--import-key', files.passphrase, ...args], NO_BUS);
  expect(await other.exit).toBe(2);
  expect(other.events).toContainEqual(expect.objectContaining({ code: 'invalid_private_key' }));
});

test('a sealed copy of a key is taken back with its passphrase, from files that nobody else may read', async () => {
  const files = { copy: join(profile.path, 'copy.json'), passphrase: join(profile.path, 'words') };
  writeFileSync(files.passphrase, 'from a file\n', { mode: 0o600 });
  const made = run(
    ['--create-key', '--back-up-key', files.copy, '--passphrase-file', files.passphrase, ...QUICK],
    NO_BUS,
  );
  const key = await made.waitFor('the key', ({ event }) => event === 'key');
  // It is turned on once the copy is kept.
  await made.waitFor('a start', ({ event, state }) => event === 'state' && state !== 'idle');
  expect(await made.stop()).toBe(0);

  const other = newProfile();
  const args = ['--import-key', files.copy, '--passphrase-file', files.passphrase, ...QUICK];
  const again = new Headless(['--profile', other.path, ...args], NO_BUS);
  const restored = await again.waitFor('the key again', ({ event }) => event === 'key');
  expect(restored.address).toBe(key.address);
  expect(await again.stop()).toBe(0);
  other.dispose();

  chmodSync(files.passphrase, 0o644);
  const exposed = run(args, NO_BUS);
  expect(await exposed.exit).toBe(78);
  expect(exposed.events).toContainEqual(expect.objectContaining({ event: 'error', code: 'secret_exposed' }));
  expect(exposed.stderr.join('\n')).toContain(`chmod 600 '${files.passphrase}'`);
});

test('settings come from a file, the environment and options, for this run alone', async () => {
  const file = join(profile.path, 'rig.json');
  writeFileSync(file, '{\n  "matrixSize": 128,\n  "tasksPerBlock": 2,\n  "engine": "cpu"\n}\n');
  const args = ['--auto', '--tasks', '1', '--block-time', '1', '--settings', file];
  const miner = run([...args, '--matrix-size', '64'], { CPC_MINER_TASKS_PER_BLOCK: '1' });
  expect(await miner.exit).toBe(0);
  expect(miner.events).toContainEqual(
    expect.objectContaining({ event: 'task', state: 'proved', matrixSize: 64, engine: 'cpu' }),
  );

  const told = run(['--print-config', '--settings', file]);
  expect(await told.exit).toBe(0);
  const [config] = told.events;
  expect(config?.settings).toMatchObject({
    matrixSize: { value: 128, source: `${file}:2` },
    tasksPerBlock: { value: 2, source: `${file}:3` },
    nodeUrl: { value: null, source: 'default' },
  });
  const without = run(['--print-config']);
  expect(await without.exit).toBe(0);
  expect(without.events[0]?.settings).toMatchObject({ matrixSize: { value: 1024, source: 'default' } });
});

test('a name that no setting has ends it with 78, its line and the nearest name', async () => {
  const file = join(profile.path, 'rig.json');
  writeFileSync(file, '{\n  "engine": "cpu",\n  "matrix_size": 128\n}\n');
  const miner = run(['--auto', '--settings', file]);
  expect(await miner.exit).toBe(78);
  const said = `${file}:3: There is no setting "matrix_size". The nearest is "matrixSize".`;
  expect(miner.events).toMatchObject([{ event: 'error', code: 'invalid_settings', message: said }]);
  expect(miner.stderr).toContain(said);
});

test('without a session bus and without a passphrase it says what to do, and keeps nothing in the clear', async () => {
  const miner = run(['--auto', ...QUICK], { ...NO_BUS, CPC_MINER_PASSPHRASE: undefined });
  expect(await miner.exit).toBe(1);
  const error = miner.events.find(({ event }) => event === 'error');
  expect(error).toMatchObject({ code: 'keychain_unavailable', remedy: 'set_passphrase' });
  expect(error?.message).toContain('CPC_MINER_PASSPHRASE');
});

test('a profile without a key says so and ends: nobody is there to make one', async () => {
  const miner = run([...QUICK]);
  expect(await miner.exit).toBe(1);
  expect(miner.events).toContainEqual(expect.objectContaining({ code: 'key_missing', remedy: 'import_key' }));
});

test('WebGPU asked for where there is none is refused by name', async () => {
  const miner = run(['--auto', '--engine', 'webgpu', ...QUICK]);
  expect(await miner.exit).toBe(1);
  expect(miner.events).toContainEqual(expect.objectContaining({ event: 'error', code: 'gpu_unavailable' }));
});

test.describe('what a person types wrong is refused at once', () => {
  const cases: [string, string[], string][] = [
    ['a matrix size out of range', ['--matrix-size', '16385'], 'invalid_matrix_size'],
    ['an address that is no URL', ['--node', 'somewhere'], 'invalid_node_url'],
    ['an option that does not exist', ['--moon'], 'invalid_argument'],
    ['http:// to another machine', ['--node', 'http://192.0.2.1:8000'], 'insecure_node_url'],
  ];
  for (const [what, args, code] of cases) {
    test(what, async () => {
      const miner = run(args);
      expect(await miner.exit).toBe(2);
      expect(miner.events).toContainEqual(expect.objectContaining({ event: 'error', code }));
    });
  }
});

test.describe('a database', () => {
  test('that is corrupt is said, kept aside and never overwritten, and the key is still known', async () => {
    const before = run(['--auto', '--tasks', '1', ...QUICK]);
    const key = await before.waitFor('the key', ({ event }) => event === 'key');
    expect(await before.exit).toBe(0);
    const garbage = Buffer.alloc(20_000, 'garbage ');
    for (const rest of ['-wal', '-shm']) rmSync(join(profile.path, `miner.sqlite${rest}`), { force: true });
    writeFileSync(join(profile.path, 'miner.sqlite'), garbage);
    const miner = run(['--tasks', '1', ...QUICK]);
    await miner.waitFor('the news', ({ event, code }) => event === 'error' && code === 'database_corrupt');
    expect(await miner.exit).toBe(0);
    expect(miner.events).toContainEqual(key);
    const aside = readdirSync(profile.path).find((name) => name.includes('.corrupt-')) ?? '';
    expect(readFileSync(join(profile.path, aside))).toEqual(garbage);
  });

  test('in a folder that cannot be one is said', async () => {
    const file = join(profile.path, 'a-file');
    writeFileSync(file, '');
    mkdirSync(join(profile.path, 'x'));
    const miner = new Headless(['--profile', join(file, 'profile')]);
    expect(await miner.exit).toBe(1);
    expect(miner.events[0]).toMatchObject({ event: 'error' });
  });
});
