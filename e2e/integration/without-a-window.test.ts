import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startAutopilot } from '../../src-main/app/autopilot';
import { watchHeadless } from '../../src-main/app/headless';
import { type ReportEvent, report, sentence } from '../../src-main/app/reporter';
import { systemClock } from '../../src-main/clock/clock';
import type { ErrorReport } from '../../src-shared/errors';
import { DevnetScene } from '../driver/miner/devnet-scene';
import { FaultNode } from '../driver/world/fault-node';
import { rewrite } from '../driver/world/faults';

let front: FaultNode;
let scene: DevnetScene;
const stops: (() => void)[] = [];

beforeEach(async () => {
  scene = await DevnetScene.open();
  front = await FaultNode.start(scene.devnet.url);
});
afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await front.close();
  await scene.close();
});

const pooled = () => scene.until('a result in the pool', () => scene.inState('in_pool').length === 1);

/** A miner that the autopilot drives, and what is told of it. */
async function autopilot(): Promise<ReportEvent[]> {
  const miner = await scene.start(front.url);
  const told: ReportEvent[] = [];
  stops.push(report(miner, (event) => told.push(event)));
  stops.push(startAutopilot(miner, systemClock, false, (error) => scene.errors.push(error)));
  return told;
}

describe('the autopilot', () => {
  it('takes a fresh profile on a development network to its first result without a click', async () => {
    const told = await autopilot();
    await scene.until('a key', ({ account }) => account.state.state === 'ready');
    await scene.block();
    await scene.until('a top-up', ({ node }) => node.session?.faucet.state.state === 'confirming');
    await scene.block();
    await pooled();
    await scene.block();
    await scene.until('proved', () => scene.inState('proved').length === 1);
    expect(scene.miner.power.running).toBe(true);
    expect(scene.errors).toEqual([]);
    // Each step once, and the task by its states.
    expect(told.filter(({ event }) => event === 'key')).toHaveLength(1);
    expect(told.flatMap((event) => (event.event === 'faucet' ? [event.state] : []))).toEqual([
      'sending',
      'confirming',
      'confirmed',
    ]);
    const [first] = scene.inState('proved');
    const states = told.flatMap((event) =>
      event.event === 'task' && event.taskId === first?.taskId ? [event.state] : [],
    );
    expect(states).toEqual([
      'planned',
      'computed',
      'reserved',
      'signed',
      'sent',
      'in_pool',
      'confirmed',
      'proved',
    ]);
    for (const event of told) expect(sentence(event)).toMatch(/^\w+ +\S/);
  });

  it('makes no key and takes no top-up where the network is not one to try things on', async () => {
    front.fault = () => rewrite((text) => text.replace('"devnet"', '"mainnet"'));
    await autopilot();
    await scene.until('started', ({ power }) => power.running);
    await scene.until('refused', ({ status: { state } }) => state.kind === 'blocked');
    expect(scene.miner.account.state.state).toBe('none');
    expect(front.requests.some((path) => path.startsWith('/tx/send'))).toBe(false);
  });

  it('makes no key in place of one that is missing', async () => {
    const miner = await scene.start(front.url);
    await miner.account.create();
    scene.stop();
    scene.vault.clear();
    await autopilot();
    await scene.until('started', ({ power }) => power.running);
    await scene.until(
      'blocked',
      ({ status: { state } }) => state.kind === 'blocked' && state.stage === 'key',
    );
    expect(scene.vault.addresses).toEqual([]);
  });
});

describe('a run without a window', () => {
  type End = { code: number; reason: ErrorReport | null };

  async function watched(tasks: number | null): Promise<End[]> {
    const ends: End[] = [];
    watchHeadless(scene.miner, { tasks, jobs: null, isOnIt: () => false }, (code, reason) =>
      ends.push({ code, reason }),
    );
    return ends;
  }

  it('is over once so many tasks are proved', async () => {
    const miner = await scene.start(front.url);
    const ends = await watched(2);
    await miner.account.create();
    await scene.until('the tip', ({ node }) => node.session?.head.tip != null);
    await scene.topUp();
    await scene.block();
    miner.power.start();
    for (let round = 1; round <= 2; round += 1) {
      expect(ends).toEqual([]);
      await pooled();
      await scene.block();
      await scene.until(`${round} proved`, () => scene.inState('proved').length >= round);
    }
    expect(ends[0]).toEqual({ code: 0, reason: null });
  });

  it('is over at once where something lasts that nobody is there to mend, and says what', async () => {
    const miner = await scene.start(front.url);
    const ends = await watched(null);
    miner.power.start();
    await scene.until('blocked', ({ status: { state } }) => state.kind === 'blocked');
    expect(ends[0]).toMatchObject({ code: 1, reason: { code: 'key_missing', remedy: 'import_key' } });
  });

  it('goes on where waiting may help', async () => {
    const miner = await scene.start(front.url);
    await miner.account.create();
    const ends = await watched(null);
    miner.power.start();
    await scene.block();
    await scene.until(
      'too poor',
      ({ status: { state } }) => state.kind === 'blocked' && state.stage === 'balance',
    );
    await front.close();
    miner.node.session?.retry();
    await scene.until('offline', ({ node }) => node.session?.head.state === 'offline');
    expect(ends).toEqual([]);
  });
});
