import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Devnet, startDevnet } from '../../src-main/devnet/devnet';
import { MinerScene } from '../driver/miner/miner-scene';
import { FaultNode } from '../driver/world/fault-node';
import { refuse } from '../driver/world/faults';

const MINUTES = 5;

let scene: MinerScene;
let devnet: Devnet;
let node: FaultNode;
beforeEach(async () => {
  devnet = await startDevnet({ port: 0, blockTimeSeconds: 5, dataFolder: null, manual: true });
  await devnet.produceBlock();
  node = await FaultNode.start(devnet.url);
  scene = new MinerScene();
});
afterEach(async () => {
  vi.useRealTimers();
  scene.dispose();
  await node.close();
  await devnet.close();
});

describe('with the node gone', () => {
  it('the app makes at most one request in two seconds, and goes on asking', async () => {
    const miner = await scene.start(node.url);
    await miner.account.create();
    miner.power.start();
    await scene.until('the tip', ({ node: { session } }) => session?.head.tip != null);
    // Only what the app waits for is moved on; its sockets go on by themselves.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    node.fault = () => refuse;
    miner.node.session?.retry();
    const before = node.requests.length;
    for (let second = 0; second < MINUTES * 60; second++) {
      await vi.advanceTimersByTimeAsync(1000);
      await turns(5);
    }
    const asked = node.requests.length - before;
    expect(miner.node.session?.head.error?.code).toBe('node_connection_lost');
    expect(asked).toBeLessThanOrEqual(MINUTES * 30);
    expect(asked).toBeGreaterThanOrEqual(MINUTES);
  });
});

/** Lets what the sockets have to say be heard. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}
