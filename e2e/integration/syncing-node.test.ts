import { afterEach, beforeEach, expect, it } from 'vitest';
import { testNode } from '../../src-main/chain/test-node';
import { systemClock } from '../../src-main/clock/clock';
import { type Devnet, startDevnet } from '../../src-main/devnet/devnet';
import { MinerScene } from '../driver/miner/miner-scene';
import { FaultNode } from '../driver/world/fault-node';
import { type Fault, pass } from '../driver/world/faults';
import { worldClock } from '../driver/world/world-clock';

const SLOT_MS = 5000;
const BLOCKS = 60;

let scene: MinerScene;
let devnet: Devnet;
let front: FaultNode;
let chainMs: number;
/** The height up to which the node in front has its chain so far. */
let shown: number;

beforeEach(async () => {
  chainMs = Date.now() - BLOCKS * SLOT_MS;
  const clock = worldClock(() => chainMs);
  devnet = await startDevnet({ port: 0, blockTimeSeconds: 5, dataFolder: null, manual: true, clock });
  await devnet.produceBlock();
  front = await FaultNode.start(devnet.url);
  front.fault = syncing;
  shown = Number.POSITIVE_INFINITY;
  scene = new MinerScene();
});
afterEach(async () => {
  scene.dispose();
  await front.close();
  await devnet.close();
});

/** The node as long as it has not all blocks. */
function syncing(path: string): Fault {
  if (path.startsWith('/events')) return ({ response }) => void response.writeHead(404).end();
  const [, height] = /^\/block\/(\d+)$/.exec(path) ?? [];
  if (height !== undefined && Number(height) > shown)
    return ({ response }) => void response.writeHead(404).end('{"detail":"Block not found"}');
  if (path !== '/status' || shown === Number.POSITIVE_INFINITY) return pass;
  return async ({ response }) => {
    const next = (await (await fetch(`${devnet.url}/block/${shown + 1}`)).json()) as {
      header: { prev_hash: string };
    };
    const status = {
      height: shown,
      last_hash: next.header.prev_hash,
      network: 'devnet',
      mempool_size: 0,
      epoch: 0,
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(status));
  };
}

async function block(): Promise<number> {
  chainMs += SLOT_MS;
  return devnet.produceBlock();
}

it('a node that catches up with its chain gets no result for a block of long ago, says how far it is, and then all goes on', async () => {
  const miner = await scene.start(front.url);
  await miner.account.create();
  await scene.until('the tip', ({ node }) => node.session?.head.tip != null);
  // Its chain stands still at block 0, which is old: that alone is nothing to be said.
  await scene.topUp();
  for (let made = 1; made < BLOCKS; made++) await block();
  shown = 8;
  await miner.power.start();
  for (; shown < BLOCKS - 1 - 4; shown += 4) {
    miner.node.session?.retry();
    const height = shown;
    await scene.until(
      `block ${height}`,
      ({ node }) => node.session?.head.tip?.block.header.height === height,
    );
    await scene.until(
      'why nothing is done',
      ({ status: { state } }) =>
        state.kind === 'blocked' &&
        state.error.code === 'node_syncing' &&
        state.error.params.height === height,
    );
    expect(await testNode(front.url, systemClock)).toMatchObject({ height });
    expect((await testNode(front.url, systemClock)).behind).toBeGreaterThanOrEqual(BLOCKS - 1 - height);
    await expect(scene.topUp()).rejects.toMatchObject({ code: 'node_syncing' });
  }
  expect(scene.tasks()).toEqual([]);
  expect(front.requests.filter((path) => path.startsWith('POST'))).toHaveLength(1);
  shown = Number.POSITIVE_INFINITY;
  chainMs = Date.now();
  const head = await devnet.produceBlock();
  miner.node.session?.retry();
  await scene.until('a result in the pool', () => scene.tasks().some(({ state }) => state === 'in_pool'));
  expect((await testNode(front.url, systemClock)).behind).toBe(0);
  chainMs = Date.now() + SLOT_MS;
  await devnet.produceBlock();
  miner.node.session?.retry();
  await scene.until('a proved result', () => scene.tasks().some(({ state }) => state === 'proved'));
  expect(Math.min(...scene.tasks().map(({ blockHeight }) => blockHeight))).toBeGreaterThanOrEqual(head);
});
