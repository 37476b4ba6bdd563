import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src-main/clock/virtual-clock';
import { known } from '../../src-main/machine/machine';
import { DevnetScene } from '../driver/miner/devnet-scene';

/** Time goes by for the miner as far as a test says; the node answers in this machine's. */
let clock: VirtualClock;
let scene: DevnetScene;
beforeEach(async () => {
  scene = await DevnetScene.open();
  clock = new VirtualClock(Date.now());
  scene.clock = clock;
});
afterEach(() => scene.close());

/** A task in hand, which goes on until it is dropped or `open` is called. */
async function taskInHand(): Promise<() => void> {
  let open = () => {};
  scene.compute.gate = new Promise((resolve) => {
    open = () => resolve();
  });
  await scene.block();
  await scene.until('a task in hand', ({ compute }) => compute.progress.length > 0);
  return open;
}

const ON_BATTERY = [{ reason: 'battery', untilMs: null }];

describe('a rule that comes true', () => {
  it('drops the task in hand within a second, has nothing planned, and says why until it is false', async () => {
    scene.machine.facts.power = known('mains');
    await scene.fund({ pauseOnBattery: true });
    const { miner } = scene;
    miner.power.start();
    await clock.advance(0);
    await taskInHand();
    scene.machine.facts.power = known('battery');
    await clock.advance(1000);
    await scene.until('dropped', () => scene.inState('abandoned').length === 1);
    expect(miner.status.state).toMatchObject({ kind: 'paused', reasons: ON_BATTERY });
    const planned = scene.tasks().length;
    await scene.block();
    expect(scene.tasks()).toHaveLength(planned);

    scene.machine.facts.power = known('mains');
    await clock.advance(5000);
    await scene.until('computing again', ({ compute }) => compute.progress.length > 0);
    expect(miner.status.state.kind).not.toBe('paused');
  });

  it('is found before anything is begun, where it is true at the start', async () => {
    scene.machine.facts.power = known('battery');
    await scene.fund({ pauseOnBattery: true });
    scene.miner.power.start();
    await scene.block();
    await clock.advance(2000);
    expect(scene.miner.status.state).toMatchObject({ kind: 'paused', reasons: ON_BATTERY });
    expect(scene.tasks()).toEqual([]);
  });

  it('is overridden by a person until it is false for once', async () => {
    scene.machine.facts.power = known('battery');
    await scene.fund({ pauseOnBattery: true });
    const { miner } = scene;
    miner.power.start();
    await clock.advance(2000);
    miner.power.resume();
    await taskInHand();
    expect(miner.pauseRules.status[1]).toMatchObject({ judgement: { kind: 'holds', overridden: true } });
  });

  it('neither ends nor shortens the pause of a person, which outlives a restart', async () => {
    scene.machine.facts.power = known('mains');
    await scene.fund();
    scene.miner.power.pause('manual');
    scene.miner.power.start();
    for (let start = 0; start < 3; start += 1) {
      scene.stop();
      await scene.start(scene.devnet.url, { pauseOnBattery: true });
      scene.miner.power.takeUp();
      scene.machine.facts.power = known('battery');
      await clock.advance(6000);
      expect(scene.miner.status.state).toMatchObject({
        kind: 'paused',
        reasons: [{ reason: 'manual', untilMs: null }, ...ON_BATTERY],
      });
      scene.machine.facts.power = known('mains');
      await clock.advance(6000);
      expect(scene.miner.status.state).toMatchObject({
        kind: 'paused',
        reasons: [{ reason: 'manual', untilMs: null }],
      });
    }
    expect(scene.tasks()).toEqual([]);
  });
});

describe('to finish', () => {
  it('does the task in hand and sees it into its block, plans no other, and is off then', async () => {
    await scene.fund();
    const { miner } = scene;
    miner.power.start();
    const open = await taskInHand();
    miner.power.finish();
    await clock.advance(0);
    expect(miner.status.state.kind).toBe('finishing');
    open();
    await scene.until('in the pool', () => scene.inState('in_pool').length === 1);
    expect(miner.status.state.kind).toBe('finishing');
    await scene.block();
    await scene.until('off', ({ status }) => status.state.kind === 'idle');
    expect(scene.tasks().map(({ state }) => state)).toEqual(['proved']);
  });
});
