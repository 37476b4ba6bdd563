import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Devnet, startDevnet } from '../../src-main/devnet/devnet';
import { MinerScene } from '../driver/miner/miner-scene';
import { FaultNode } from '../driver/world/fault-node';
import { delay, pass } from '../driver/world/faults';

let devnet: Devnet;
let front: FaultNode;
let scene: MinerScene;

beforeEach(async () => {
  devnet = await startDevnet({ port: 0, blockTimeSeconds: 5, dataFolder: null, manual: true });
  await devnet.produceBlock();
  front = await FaultNode.start(devnet.url);
  scene = new MinerScene();
  const miner = await scene.start(front.url);
  await miner.account.create();
  await scene.until('the tip', ({ node }) => node.session?.head.tip != null);
  await scene.topUp();
  await block();
  await scene.until('the top-up', ({ node }) => (node.session?.balance ?? 0n) > 0n);
});
afterEach(async () => {
  scene.dispose();
  await front.close();
  await devnet.close();
});

async function block(): Promise<void> {
  const height = await devnet.produceBlock();
  scene.miner.node.session?.retry();
  await scene.until(`block ${height}`, ({ node }) => node.session?.head.tip?.block.header.height === height);
}

/** Holds the answers to requests whose path begins so. @returns what lets them go */
function hold(start: string): () => void {
  let go = () => {};
  const until = new Promise<void>((resolve) => {
    go = resolve;
  });
  front.fault = (path) => (path.startsWith(start) ? delay(until) : pass);
  return () => {
    front.fault = () => pass;
    go();
  };
}

it('a slow answer to a result holds up neither the next block nor its task', async () => {
  const go = hold('/tx/send');
  scene.miner.power.start();
  await scene.until('a result on its way', () => scene.tasks().some(({ state }) => state === 'sent'));
  await block();
  await scene.until('the next result', () => scene.tasks().some(({ state }) => state === 'computed'));
  go();
  await scene.until('both in the pool', () => scene.tasks().every(({ state }) => state === 'in_pool'));
  await block();
  await scene.until(
    'both proved',
    () => scene.tasks().filter(({ state }) => state === 'proved').length === 2,
  );
});

it('the nonce of a result is asked for while the result is computed', async () => {
  let open = () => {};
  scene.compute.gate = new Promise((resolve) => {
    open = () => resolve();
  });
  const asked = () => front.requests.filter((path) => path.startsWith('/nonce')).length;
  const before = asked();
  scene.miner.power.start();
  await scene.until('a task in hand', ({ compute }) => compute.progress.length > 0);
  await expect.poll(asked).toBe(before + 1);
  open();
  await scene.until('a result in the pool', () => scene.tasks().some(({ state }) => state === 'in_pool'));
  expect(asked()).toBe(before + 1);
});
