import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { MemoryVault } from '../e2e/driver/miner/memory-vault';
import { openTestMiner } from '../e2e/driver/miner/open-test-miner';
import { refuse } from '../e2e/driver/world/faults';
import { systemClock } from '../src-main/clock/clock';
import { type Devnet, startDevnet } from '../src-main/devnet/devnet';
import { BOB, FAUCET, send, transaction } from '../src-main/devnet/test-network';
import type { Miner } from '../src-main/open-miner';
import { loadVerifier } from '../src-main/signatures/load-verifier';
import { type Figure, figure, type Goal, untested } from './lib/figures';
import { percentile } from './lib/percentile';
import { report } from './lib/report';
import { GuideWorker } from './loop/guide-worker';
import { InstantCompute } from './loop/instant-compute';
import { WatchedNode } from './loop/watched-node';

/** Needs no Electron. */
export const plainNode = true;

const SLOT_SECONDS = 5;
// In which the miner learns when blocks come.
const FIRST_BLOCKS = 4;
const GONE_MS = 20_000;

/**
 * `npm run bench -- loop [--json] [--blocks 24]`: from a block being at the node to its result being accepted there,
 * computing left out; beside the worker guide's loop in the same run. @returns the exit code
 */
export async function main(args: string[]): Promise<number> {
  loadVerifier();
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false }, blocks: { type: 'string', default: '24' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'loop-'));
  const devnet = await startDevnet({
    port: 0,
    blockTimeSeconds: SLOT_SECONDS,
    dataFolder: join(folder, 'chain'),
    manual: true,
    clock: systemClock,
  });
  await devnet.produceBlock();
  const [ours, guides] = await Promise.all([WatchedNode.start(devnet.url), WatchedNode.start(devnet.url)]);
  const { miner, close } = openTestMiner({
    folder,
    nodeUrl: ours.front.url,
    vault: new MemoryVault(),
    runners: [new InstantCompute()],
    clock: systemClock,
    onError: (error) => console.error(error),
  });
  const guide = new GuideWorker(guides.front.url, BOB);
  try {
    await miner.open();
    await fund(devnet, await miner.account.create(), BOB.address);
    miner.power.start();
    const slots = async (count: number) => {
      for (let slot = 0; slot < count; slot++) await nextSlot(devnet, [ours, guides]);
    };
    await slots(FIRST_BLOCKS);
    // Counted from the middle of a slot to the middle of another. The guide's rounds begin there too: two slots long,
    // they stay wherever in the slot they began, and this is the mean of it.
    await sleep((SLOT_SECONDS * 1000) / 2);
    for (const node of [ours, guides]) node.begin();
    guide.start();
    const blocks = Number(values.blocks);
    await slots(blocks);
    await sleep((SLOT_SECONDS * 1000) / 2);
    const figures = loopFigures(ours, guides, blocks);
    guide.stop();
    return report([...figures, ...(await goneFigures(ours, miner))], { json: values.json });
  } finally {
    guide.stop();
    close();
    await Promise.all([ours.front.close(), guides.front.close()]);
    await devnet.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the next block at its slot. */
async function nextSlot(devnet: Devnet, nodes: readonly WatchedNode[]): Promise<void> {
  const slotMs = devnet.blockTimeSeconds * 1000;
  await sleep(slotMs - ((Date.now() - devnet.genesisTime * 1000) % slotMs) + 1);
  await devnet.produceBlock();
  for (const node of nodes) node.blockMade();
}

async function fund(devnet: Devnet, ...addresses: string[]): Promise<void> {
  for (const [nonce, to] of addresses.entries()) {
    await send(devnet.url, transaction(FAUCET, nonce, { to, amount: 10n ** 18n }));
  }
}

function loopFigures(ours: WatchedNode, guides: WatchedNode, blocks: number): Figure[] {
  return [
    delay('block to accepted result, median', ours, 50, { atMost: 20 }),
    delay('block to accepted result, 95 %', ours, 95, { atMost: 30 }),
    figure('requests a block', ours.requests / blocks, '', { atMost: 4 }),
    figure('blocks with an accepted result', (100 * ours.delaysMs.length) / blocks, '%'),
    delay('guide (sleep 10 s): block to accepted result, median', guides, 50),
    delay('guide (sleep 10 s): block to accepted result, 95 %', guides, 95),
    figure('guide (sleep 10 s): requests a block', guides.requests / blocks, ''),
    figure(
      'guide (sleep 10 s): blocks with an accepted result',
      (100 * guides.delaysMs.length) / blocks,
      '%',
    ),
  ];
}

function delay(name: string, { delaysMs }: WatchedNode, percent: number, goal: Goal | null = null): Figure {
  return figure(name, percentile(delaysMs, percent) ?? untested('no result was accepted'), 'ms', goal);
}

/** What the miner takes while its node is gone. */
async function goneFigures(ours: WatchedNode, { node }: Pick<Miner, 'node'>): Promise<Figure[]> {
  ours.front.fault = () => refuse;
  node.session?.retry();
  ours.begin();
  const before = process.cpuUsage();
  await sleep(GONE_MS);
  const { user, system } = process.cpuUsage(before);
  return [
    figure('node gone: requests in 2 s', (ours.requests * 2000) / GONE_MS, '', { atMost: 1 }),
    figure('node gone: share of a core', ((user + system) / 1000 / GONE_MS) * 100, '%', { atMost: 2 }),
  ];
}
