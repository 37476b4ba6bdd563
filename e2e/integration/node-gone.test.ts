import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Devnet, startDevnet } from '../../src-main/devnet/devnet';
import { CoreBench } from '../driver/core';
import { FaultNode } from '../driver/fault-node';
import { refuse } from '../driver/faults';

const MINUTES = 5;

let bench: CoreBench;
let devnet: Devnet;
let node: FaultNode;
beforeEach(async () => {
  devnet = await startDevnet({ port: 0, blockTimeSeconds: 5, dataFolder: null, manual: true });
  await devnet.produceBlock();
  node = await FaultNode.start(devnet.url);
  bench = new CoreBench();
});
afterEach(async () => {
  vi.useRealTimers();
  bench.dispose();
  await node.close();
  await devnet.close();
});

describe('with the node gone', () => {
  it('the app makes at most one request in two seconds, and goes on asking', async () => {
    const core = await bench.start(node.url);
    await core.createKey();
    core.start();
    await bench.until('the tip', ({ session }) => session?.head.tip != null);
    // Only what the app waits for is moved on; its sockets go on by themselves.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    node.fault = () => refuse;
    core.session?.retry();
    const before = node.requests.length;
    for (let second = 0; second < MINUTES * 60; second++) {
      await vi.advanceTimersByTimeAsync(1000);
      await turns(5);
    }
    const asked = node.requests.length - before;
    expect(core.session?.head.error?.code).toBe('node_unreachable');
    expect(asked).toBeLessThanOrEqual(MINUTES * 30);
    expect(asked).toBeGreaterThanOrEqual(MINUTES);
  });
});

/** Lets what the sockets have to say be heard. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}
