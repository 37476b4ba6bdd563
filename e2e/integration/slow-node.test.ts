import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Devnet, startDevnet } from '../../src-main/devnet/devnet';
import { Database } from '../../src-main/storage/database';
import { AppError } from '../../src-shared/errors';
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

it('of blocks that queue up while the disk is full, not each asks the node for what the first one missed', async () => {
  const { run } = Database.prototype;
  const full = vi.spyOn(Database.prototype, 'run').mockImplementation(function (
    this: Database,
    sql,
    ...values
  ) {
    if (sql === 'BEGIN IMMEDIATE') throw new AppError('disk_full', 'no room', { remedy: 'free_disk' });
    return run.call(this, sql, ...values);
  });
  await block();
  await scene.until('said', ({ troubles }) => troubles.storage?.code === 'disk_full');
  const before = front.requests.length;
  // As after a sleep: they are followed one right after the other.
  for (let height = 0; height < 12; height++) await devnet.produceBlock();
  await block();
  full.mockRestore();
  await block();
  await scene.until('it is over', ({ troubles }) => troubles.storage === null);
  const blocks = front.requests.slice(before).filter((path) => path.startsWith('/block/'));
  const times = blocks.map((path) => blocks.filter((other) => other === path).length);
  // Each by the follower, and what was missed once more by the trail.
  expect(blocks.length).toBeGreaterThan(12);
  expect(Math.max(...times)).toBeLessThanOrEqual(3);
});
