import { bytesToHex } from '@noble/hashes/utils.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReportEvent, report, sentence } from '../../src-main/app/reporter';
import { type Devnet, startDevnet } from '../../src-main/devnet/devnet';
import { newPrivateKey } from '../../src-main/keys/new-private-key';
import { LIVE_STATES } from '../../src-main/submissions/task-states';
import type { TaskState } from '../../src-shared/ipc/task-state';
import { MinerScene } from '../driver/miner/miner-scene';
import { holdingsOf, tallyTasks } from '../driver/world/tally';

const OWN_KEYS = 3;
const BLOCKS = 8;
// What is planned for the newest blocks may be under way still.
const NEWEST = 3;
/** With the node, or at its end. */
const DONE: ReadonlySet<TaskState> = new Set(['in_pool', 'confirmed', 'proved']);

/** A rig of a farm: a profile, a key and a miner of its own, and what it has told. */
type Rig = { readonly scene: MinerScene; readonly told: ReportEvent[] };

let devnet: Devnet;
let rigs: Rig[] = [];
beforeEach(async () => {
  devnet = await startDevnet({ port: 0, blockTimeSeconds: 5, dataFolder: null, manual: true });
  await devnet.produceBlock();
});
afterEach(async () => {
  for (const { scene } of rigs) scene.dispose();
  rigs = [];
  await devnet.close();
});

async function openRig(privateKey: string): Promise<Rig> {
  const scene = new MinerScene();
  const told: ReportEvent[] = [];
  const rig = { scene, told };
  rigs.push(rig);
  const miner = await scene.start(devnet.url);
  report(miner, (event) => told.push(event));
  await miner.account.import(privateKey);
  await scene.until('the tip', ({ node }) => node.session?.head.tip != null);
  return rig;
}

/** Makes a block, and waits until every rig has it. */
async function block(): Promise<number> {
  const height = await devnet.produceBlock();
  for (const { scene } of rigs) scene.miner.node.session?.retry();
  await Promise.all(
    rigs.map(({ scene }) =>
      scene.until(`block ${height}`, ({ node }) => node.session?.head.tip?.block.header.height === height),
    ),
  );
  return height;
}

/** Waits until the result of each key for a block is with the node, and every rig with the key has one. */
async function settled(height: number): Promise<void> {
  const results = () =>
    rigs.flatMap(({ scene }) => scene.tasks().filter(({ blockHeight }) => blockHeight === height));
  await Promise.all(
    rigs.map(({ scene }) =>
      scene.until(`done with block ${height}`, () => {
        const own = scene.tasks().find(({ blockHeight }) => blockHeight === height);
        if (own === undefined || own.state === 'planned') return false;
        return (
          DONE.has(own.state) ||
          results().some(({ taskId, state }) => taskId === own.taskId && DONE.has(state))
        );
      }),
    ),
  );
}

const newKey = () => bytesToHex(newPrivateKey());
const addressOf = ({ scene }: Rig) => String(scene.miner.account.state.address);

describe('a farm on one network', () => {
  it('has rigs with keys of their own that all prove, and two that share one pay for each task once and hear of each other', async () => {
    const shared = newKey();
    const own = await Promise.all(Array.from({ length: OWN_KEYS }, () => openRig(newKey())));
    const pair = await Promise.all([openRig(shared), openRig(shared)]);
    for (const { scene } of [...own, ...pair.slice(0, 1)]) {
      await scene.topUp();
      await block();
    }
    await Promise.all(
      rigs.map(({ scene }) => scene.until('a balance', ({ node }) => (node.session?.balance ?? 0n) > 0n)),
    );
    const funded = new Map(rigs.map((rig) => [rig, rig.scene.miner.node.session?.balance ?? 0n]));
    for (const { scene } of rigs) scene.miner.power.start();

    let height = own[0]?.scene.miner.node.session?.head.tip?.block.header.height ?? 0;
    for (let made = 1; made < BLOCKS; made += 1) {
      await settled(height);
      height = await block();
    }
    await settled(height);
    for (const { scene } of rigs) scene.miner.power.stop();
    for (let made = 0; made < NEWEST; made += 1) await block();
    await Promise.all(
      rigs.map(({ scene }) =>
        scene.until(
          'nothing under way',
          () => !scene.tasks().some(({ state }) => LIVE_STATES.includes(state)),
        ),
      ),
    );

    for (const rig of own) {
      const tally = tallyTasks(
        rig.scene.tasks(),
        await holdingsOf(devnet.url, addressOf(rig)),
        funded.get(rig) ?? 0n,
      );
      expect(tally).toMatchObject({ lost: [], duplicated: [], unfinished: [], proved: BLOCKS });
      expect(tally.feesPaidUnits).toBe(tally.feesExpectedUnits);
      expect(rig.told.some(({ event }) => event === 'used_elsewhere')).toBe(false);
    }
    const [first, second] = pair;
    const tasks = pair.flatMap(({ scene }) => scene.tasks());
    const held = await holdingsOf(devnet.url, addressOf(first as Rig));
    // Each task of theirs is in one block, whoever of them sent it, and whoever did calls it proved.
    const ids = held.results.map(({ taskId }) => taskId);
    expect(new Set(ids).size).toBe(BLOCKS);
    expect(ids).toHaveLength(BLOCKS);
    const proved = new Set(tasks.filter(({ state }) => state === 'proved').map(({ txHash }) => txHash));
    expect(held.results.filter(({ txHash }) => !proved.has(txHash))).toEqual([]);
    // What was given up for the other's result says so.
    for (const { state, reason } of tasks) if (state !== 'proved') expect(reason).not.toBeNull();
    // Whose results the other one sent has heard of it, and of what that means.
    for (const rig of [first, second]) {
      const said = rig?.told.flatMap((event) => (event.event === 'used_elsewhere' ? [event] : [])) ?? [];
      const all = rig?.scene.tasks().filter(({ state }) => state === 'proved').length;
      if (all !== BLOCKS) expect(said.length).toBeGreaterThan(0);
    }
    const heard = pair.flatMap(({ told }) => told.filter(({ event }) => event === 'used_elsewhere'));
    // None where both signed the very same bytes each time: then each result is both of theirs.
    for (const event of heard) expect(sentence(event)).toContain('superseded');
  }, 90_000);
});
