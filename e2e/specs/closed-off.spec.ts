import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { App, newProfile, QUICK } from '../driver/electron/app';
import { Headless } from '../driver/electron/headless';
import { processesOf } from '../driver/electron/processes';
import { runtime } from '../driver/electron/runtime';

let profile: ReturnType<typeof newProfile>;
test.beforeEach(() => {
  profile = newProfile();
});
test.afterEach(() => profile.dispose());

const isProved = ({ event, state }: { event: string; state?: unknown }) =>
  event === 'task' && state === 'proved';

/** Asked for once all is seen: what is written down before it is complete, and that requests are seen is shown by it. */
const MARK = 'http://mark.invalid/';

type NetEvent = {
  readonly type: number;
  readonly source: { readonly id: number };
  readonly params?: unknown;
};

/**
 * What Chromium's network wrote down before the mark was asked for, each event's kind and what it is about. In main's
 * process the list ends without being closed. @throws Error where the mark is not in it
 */
function netLog(file: string): string[] {
  const text = readFileSync(file, 'utf8').trimEnd();
  const closed = text.endsWith(',') ? `${text.slice(0, -1)}]}` : text;
  const { constants, events } = JSON.parse(closed) as {
    constants: { logEventTypes: Record<string, number> };
    events: NetEvent[];
  };
  const mark = events.find(({ params }) => JSON.stringify(params ?? null).includes(MARK));
  if (mark === undefined) throw new Error('the log ends before the mark');
  const before = events.slice(
    0,
    events.findIndex(({ source }) => source.id === mark.source.id),
  );
  const names = new Map(Object.entries(constants.logEventTypes).map(([name, type]) => [type, name]));
  return before.map(({ type, params }) => `${names.get(type)} ${JSON.stringify(params ?? null)}`);
}

test("from the start to a proved task Chromium's network asks for nothing, resolves no name and opens no socket", async () => {
  const file = join(profile.path, 'net-log.json');
  const app = await App.launch(profile.path, ['--auto', `--log-net-log=${file}`, ...QUICK]);
  await app.until('a proved result', ({ tasks: { today } }) => today.proved > 0);
  // Events are written some at a time: those of the mark take all before them along.
  await app.electron.evaluate(async ({ session }, mark) => {
    const other = session.fromPartition('mark');
    // A new session begins by fetching a dictionary, as none of the app's does.
    other.setSpellCheckerLanguages([]);
    other.setSpellCheckerEnabled(false);
    for (let times = 0; times < 5; times += 1) await other.fetch(mark).catch(() => undefined);
  }, MARK);
  await app.quit();
  const events = netLog(file);
  expect(events.length).toBeGreaterThan(0);
  expect(
    events.filter((event) => /^\w*(?:REQUEST|HOST_RESOLVER|DNS_TRANSACTION|CONNECT_JOB|SOCKET)/.test(event)),
  ).toEqual([]);
});

test('from the start to a proved task no process of the app speaks to anybody but the node', async () => {
  const traceable = process.getuid?.() === 0 && spawnSync('strace', ['-V']).status === 0;
  test.skip(!traceable, 'it takes strace, and a sandbox lets nobody look on');
  const { executable, switches } = runtime();
  const trace = join(profile.path, 'trace');
  const calls = 'trace=connect,sendto,sendmsg,sendmmsg';
  const strace = ['strace', '-f', '-qq', '--seccomp-bpf', '-e', calls, '-o', trace];
  const args = ['--headless', '--json', '--auto', '--tasks', '1', '--profile', profile.path, ...QUICK];
  const miner = new Headless([...switches, ...args], {}, [...strace, executable]);
  expect(await miner.exit).toBe(0);
  expect(miner.events.some(isProved)).toBe(true);
  const inet = readFileSync(trace, 'latin1')
    .split('\n')
    .filter((line) => /sa_family=AF_INET/.test(line));
  const spokenTo = inet.map((line) => {
    const [, address] = /inet_(?:addr|pton)\((?:AF_INET6, )?"([^"]+)"/.exec(line) ?? [];
    const [, port] = /port=htons\((\d+)\)/.exec(line) ?? [];
    return `${address} ${port}`;
  });
  // The built-in network, which speaks to nobody itself.
  expect([...new Set(spokenTo)]).toEqual([expect.stringMatching(/^127\.0\.0\.1 \d+$/)]);
});

test('the graphics process is told the same without a window as with one', async () => {
  test.skip(process.platform !== 'linux', 'the command lines are read from /proc');
  const told = (pid: number) => {
    const gpu = processesOf(pid).find(({ command }) => command.includes('--type=gpu-process'));
    // What differs from run to run: names of files and of shared memory.
    return gpu?.command
      .split(' --')
      .filter(
        (part) => !/^(?:user-data-dir|field-trial|enable-crash|gpu-pref|shared-files|metrics)/.test(part),
      );
  };
  const args = ['--auto', '--software-gpu', '--engine', 'webgpu', ...QUICK];
  const app = await App.launch(profile.path, args);
  await app.until('a proved result', ({ tasks: { today } }) => today.proved > 0);
  const withWindow = told(app.pid);
  const { adapter } = (await app.state()).compute.lanes[0] ?? {};
  await app.quit();
  const miner = new Headless(['--profile', profile.path, ...args]);
  const engine = await miner.waitFor('the engine', ({ event }) => event === 'engine');
  await miner.waitFor('a proved result', isProved);
  const without = told(miner.process.pid ?? 0);
  expect(await miner.stop()).toBe(0);
  expect(engine.adapter).toBe(`${adapter?.vendor} ${adapter?.device || adapter?.description}`.trim());
  expect(without).not.toContain('headless');
  expect(withWindow?.filter((part) => without?.includes(part) !== true)).toEqual([]);
});
