import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Devnet, startDevnet } from '../../src-main/devnet/devnet';
import { InProcessCompute } from '../driver/miner/in-process-compute';
import { MinerScene } from '../driver/miner/miner-scene';

let devnet: Devnet;
let scene: MinerScene;

beforeEach(async () => {
  devnet = await startDevnet({ port: 0, blockTimeSeconds: 5, dataFolder: null, manual: true });
  await devnet.produceBlock();
  scene = new MinerScene();
});
afterEach(async () => {
  scene.dispose();
  await devnet.close();
});

/** A miner with a balance, before it was started. */
async function begin(tasksPerBlock: number): Promise<void> {
  const miner = await scene.start(devnet.url, { tasksPerBlock });
  await miner.account.create();
  await scene.until('the tip', ({ node }) => node.session?.head.tip != null);
  await scene.topUp();
  await block();
  await scene.until('the top-up', ({ node }) => (node.session?.balance ?? 0n) > 0n);
}

async function block(): Promise<number> {
  const height = await devnet.produceBlock();
  scene.miner.node.session?.retry();
  await scene.until(`block ${height}`, ({ node }) => node.session?.head.tip?.block.header.height === height);
  return height;
}

const inState = (state: string) => scene.tasks().filter((task) => task.state === state);

describe('several tasks a block', () => {
  it('are its first nonces, each computed, paid for and proved once', async () => {
    await begin(4);
    scene.miner.power.start();
    await scene.until('four in the pool', () => inState('in_pool').length === 4);
    await block();
    await scene.until('four proved', () => inState('proved').length === 4);
    const proved = inState('proved');
    expect(proved.map(({ taskNonce }) => taskNonce)).toEqual([0, 1, 2, 3]);
    expect(new Set(proved.map(({ blockHeight }) => blockHeight)).size).toBe(1);
    expect(new Set(proved.map(({ accountNonce }) => accountNonce)).size).toBe(4);
    expect(scene.errors).toEqual([]);
  });

  it('are no more than the balance pays for', async () => {
    await begin(16);
    const { session } = scene.miner.node;
    const fee = session?.resultFee ?? 0n;
    // Three results' worth, as the miner knows it.
    Object.defineProperty(session, 'balance', { get: () => 3n * fee });
    scene.miner.power.start();
    await scene.until('three in the pool', () => inState('in_pool').length === 3);
    scene.miner.status.changed();
    await new Promise((resolve) => setImmediate(resolve));
    expect(scene.tasks()).toHaveLength(3);
  });
});

describe('two lanes', () => {
  beforeEach(() => {
    scene.runners = [new InProcessCompute(), new InProcessCompute()];
  });

  it('share the tasks of a block, and each tells of itself', async () => {
    await begin(4);
    const gates = scene.runners.map((runner) => {
      let open = () => {};
      runner.gate = new Promise((resolve) => {
        open = () => resolve();
      });
      return open;
    });
    scene.miner.power.start();
    await scene.until('both at work', ({ compute }) => compute.progress.length === 2);
    expect(scene.miner.compute.status.map(({ id, state }) => [id, state])).toEqual([
      ['lane-0', 'busy'],
      ['lane-1', 'busy'],
    ]);
    expect(inState('planned').map(({ taskNonce }) => taskNonce)).toEqual([0, 1]);
    for (const open of gates) open();
    await scene.until('four in the pool', () => inState('in_pool').length === 4);
    expect(scene.runners.every(({ runs }) => runs > 0)).toBe(true);
    expect(scene.runners.reduce((sum, { runs }) => sum + runs, 0)).toBe(4);
    await block();
    await scene.until('four proved', () => inState('proved').length === 4);
    expect(scene.errors).toEqual([]);
  });

  it('go on with one of them where the other is down', async () => {
    await begin(2);
    scene.runners[0]?.fail();
    scene.miner.power.start();
    await scene.until('two in the pool', () => inState('in_pool').length === 2);
    expect(scene.runners.map(({ runs }) => runs)).toEqual([0, 2]);
    expect(scene.miner.status.state.kind).not.toBe('blocked');
  });
});
