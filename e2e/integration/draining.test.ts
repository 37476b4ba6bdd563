import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drained } from '../../src-main/app/drain';
import { DevnetScene } from '../driver/miner/devnet-scene';

let scene: DevnetScene;
beforeEach(async () => {
  scene = await DevnetScene.open();
});
afterEach(() => scene.close());

/** Holds what is computed until the function that is returned is called. */
function held(): () => void {
  let release: () => void = () => undefined;
  scene.compute.gate = new Promise((resolve) => {
    release = resolve;
  });
  return release;
}

describe('a run that is told to end', () => {
  it('does the task in hand and sends it, and begins no other', async () => {
    await scene.fund();
    const { miner } = scene;
    const release = held();
    miner.power.start();
    await scene.block();
    await scene.until('computing', ({ power }) => power.isBusy);
    let isOver = false;
    const over = drained(miner, scene.clock).then(() => {
      isOver = true;
    });
    await scene.until('finishing', ({ status }) => status.state.kind === 'finishing');
    expect([isOver, scene.inState('planned').length]).toEqual([false, 1]);
    release();
    await over;
    expect(scene.inState('in_pool')).toHaveLength(1);
    expect(scene.tasks()).toHaveLength(1);
    await scene.block();
    expect(scene.tasks()).toHaveLength(1);
  });

  it('is still on for the next start, as a person had it', async () => {
    await scene.fund();
    scene.miner.power.start();
    await drained(scene.miner, scene.clock);
    scene.stop();
    const again = await scene.start(scene.devnet.url);
    again.power.takeUp();
    expect(again.power.running).toBe(true);
  });

  it('waits for nothing where there is nothing in hand: off, or blocked', async () => {
    const miner = await scene.start(scene.devnet.url);
    await drained(miner, scene.clock);
    miner.power.startForRun();
    await scene.until('blocked', ({ status }) => status.state.kind === 'blocked');
    await drained(miner, scene.clock);
    expect(scene.tasks()).toEqual([]);
  });

  it('waits a minute at most for what does not come to its end', async () => {
    await scene.fund();
    const { miner } = scene;
    held();
    miner.power.start();
    await scene.block();
    await scene.until('computing', ({ power }) => power.isBusy);
    const waits: { readonly ms: number; readonly act: () => void }[] = [];
    const after = (ms: number, act: () => void) => {
      waits.push({ ms, act });
      return () => undefined;
    };
    const over = drained(miner, { after });
    expect(waits.map(({ ms }) => ms)).toEqual([60_000]);
    waits[0]?.act();
    await over;
    expect(miner.power.isBusy).toBe(true);
  });
});
