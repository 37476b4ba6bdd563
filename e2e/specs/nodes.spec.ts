import { expect, test } from '@playwright/test';
import { newProfile } from '../driver/electron/app';
import { Headless, type HeadlessEvent } from '../driver/electron/headless';
import { DevnetProcess } from '../driver/world/devnet';
import { FaultNode } from '../driver/world/fault-node';
import { pass, refuse, rewrite } from '../driver/world/faults';

let profile: ReturnType<typeof newProfile>;
test.beforeEach(() => {
  profile = newProfile();
});
test.afterEach(() => profile.dispose());

const mine = (url: string) =>
  new Headless(['--profile', profile.path, '--auto', '--node', url, '--matrix-size', '32']);
const task = (state: string) => (event: HeadlessEvent) => event.event === 'task' && event.state === state;

test('mines against a node of its own address, waits while it is down, and goes on when it is back', async () => {
  const devnet = await DevnetProcess.start();
  const proxy = await FaultNode.start(devnet.url);
  const miner = mine(proxy.url);
  await miner.waitFor('a proved result', task('proved'));
  proxy.fault = () => refuse;
  await miner.waitFor(
    'the trouble',
    ({ event, code }) => event === 'error' && code === 'node_connection_lost',
  );
  const before = miner.events.filter(task('proved')).length;
  proxy.fault = () => pass;
  await miner.waitFor(
    'a result after that',
    (event) => miner.events.filter(task('proved')).indexOf(event) >= before,
  );
  expect(miner.events.filter(task('rejected'))).toEqual([]);
  expect(await miner.stop()).toBe(0);
  await proxy.close();
  await devnet.stop();
});

test('a node that shows another chain in the middle ends a run without a window: nobody is there to agree', async () => {
  const [one, two] = await Promise.all([DevnetProcess.start(), DevnetProcess.start()]);
  const proxy = await FaultNode.start(one.url);
  const miner = mine(proxy.url);
  await miner.waitFor('a proved result', task('proved'));
  proxy.target = two.url;
  expect(await miner.exit).toBe(1);
  expect(miner.events.at(-1)).toMatchObject({
    event: 'error',
    code: 'chain_mismatch',
    remedy: 'accept_chain',
  });
  await proxy.close();
  await Promise.all([one.stop(), two.stop()]);
});

test('a node that lies about its network gets no signature, and no faucet is offered', async () => {
  const devnet = await DevnetProcess.start();
  const liar = await FaultNode.start(devnet.url);
  liar.fault = () => rewrite((text) => text.replaceAll('"devnet"', '"mainnet"'));
  const miner = mine(liar.url);
  expect(await miner.exit).toBe(1);
  expect(miner.events).toContainEqual(expect.objectContaining({ event: 'error', code: 'chain_mismatch' }));
  expect(miner.events.some(({ event }) => event === 'faucet' || event === 'task' || event === 'key')).toBe(
    false,
  );
  await liar.close();
  await devnet.stop();
});
