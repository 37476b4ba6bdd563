import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DevnetScene } from '../driver/miner/devnet-scene';
import { InProcessCompute } from '../driver/miner/in-process-compute';

let scene: DevnetScene;

beforeEach(async () => {
  scene = await DevnetScene.open();
});
afterEach(() => scene.close());

describe('several tasks a block', () => {
  it('are its first nonces, each computed, paid for and proved once', async () => {
    await scene.fund({ tasksPerBlock: 4 });
    scene.miner.power.start();
    await scene.until('four in the pool', () => scene.inState('in_pool').length === 4);
    await scene.block();
    await scene.until('four proved', () => scene.inState('proved').length === 4);
    const proved = scene.inState('proved');
    expect(proved.map(({ taskNonce }) => taskNonce)).toEqual([0, 1, 2, 3]);
    expect(new Set(proved.map(({ blockHeight }) => blockHeight)).size).toBe(1);
    expect(new Set(proved.map(({ accountNonce }) => accountNonce)).size).toBe(4);
    expect(scene.errors).toEqual([]);
  });

  it('are no more than the balance pays for', async () => {
    await scene.fund({ tasksPerBlock: 16 });
    const { session } = scene.miner.node;
    const fee = session?.resultFee ?? 0n;
    // Three results' worth, as the miner knows it.
    Object.defineProperty(session, 'balance', { get: () => 3n * fee });
    scene.miner.power.start();
    await scene.until('three in the pool', () => scene.inState('in_pool').length === 3);
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
    await scene.fund({ tasksPerBlock: 4 });
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
    expect(scene.inState('planned').map(({ taskNonce }) => taskNonce)).toEqual([0, 1]);
    for (const open of gates) open();
    await scene.until('four in the pool', () => scene.inState('in_pool').length === 4);
    expect(scene.runners.every(({ runs }) => runs > 0)).toBe(true);
    expect(scene.runners.reduce((sum, { runs }) => sum + runs, 0)).toBe(4);
    await scene.block();
    await scene.until('four proved', () => scene.inState('proved').length === 4);
    expect(scene.errors).toEqual([]);
  });

  it('go on with one of them where the other is down', async () => {
    await scene.fund({ tasksPerBlock: 2 });
    scene.runners[0]?.fail();
    scene.miner.power.start();
    await scene.until('two in the pool', () => scene.inState('in_pool').length === 2);
    expect(scene.runners.map(({ runs }) => runs)).toEqual([0, 2]);
    expect(scene.miner.status.state.kind).not.toBe('blocked');
  });
});
