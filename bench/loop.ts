import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { MemoryVault } from '../e2e/driver/miner/memory-vault';
import { openTestMiner } from '../e2e/driver/miner/open-test-miner';
import { systemClock } from '../src-main/clock/clock';
import { BOB } from '../src-main/devnet/test-network';
import type { Miner } from '../src-main/open-miner';
import { loadVerifier } from '../src-main/signatures/load-verifier';
import { type Figure, figure, type Goal, untested } from './lib/figures';
import { percentile } from './lib/percentile';
import { report } from './lib/report';
import { ChainOfItsOwn, type Seen } from './loop/chain-of-its-own';
import { GuideWorker } from './loop/guide-worker';
import { InstantCompute } from './loop/instant-compute';

const SLOT_SECONDS = 5;
// In which the miner learns when blocks come.
const FIRST_BLOCKS = 4;
const GONE_MS = 20_000;

/**
 * `npm run bench -- loop [--json] [--blocks 24]`: from a block being at the node to its result being accepted there,
 * computing left out; beside the worker guide's loop in the same run. @returns the exit code
 */
async function main(args: string[]): Promise<number> {
  await loadVerifier();
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false }, blocks: { type: 'string', default: '24' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'loop-'));
  const chain = await ChainOfItsOwn.start({ folder: join(folder, 'chain'), slotSeconds: SLOT_SECONDS });
  const urls = await chain.call('urls');
  const { miner, close } = openTestMiner({
    folder,
    nodeUrl: urls.ours,
    vault: new MemoryVault(),
    runners: [new InstantCompute()],
    clock: systemClock,
    onError: (error) => console.error(error),
  });
  const guide = new GuideWorker(urls.guides, BOB);
  try {
    await miner.open();
    await chain.call('fund', await miner.account.create(), BOB.address);
    miner.power.start();
    await chain.call('slots', FIRST_BLOCKS);
    // Counted from the middle of a slot to the middle of another. The guide's rounds begin there too: two slots long,
    // they stay wherever in the slot they began, and this is the mean of it.
    await sleep((SLOT_SECONDS * 1000) / 2);
    await chain.call('begin');
    guide.start();
    const blocks = Number(values.blocks);
    await chain.call('slots', blocks);
    await sleep((SLOT_SECONDS * 1000) / 2);
    const { ours, guides } = await chain.call('seen');
    guide.stop();
    return report([...loopFigures(ours, guides, blocks), ...(await goneFigures(chain, miner))], {
      json: values.json,
    });
  } finally {
    guide.stop();
    close();
    await chain.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function loopFigures(ours: Seen, guides: Seen, blocks: number): Figure[] {
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

function delay(name: string, { delaysMs }: Seen, percent: number, goal: Goal | null = null): Figure {
  return figure(name, percentile(delaysMs, percent) ?? untested('no result was accepted'), 'ms', goal);
}

/** What the miner takes while its node is gone. */
async function goneFigures(chain: ChainOfItsOwn, { node }: Pick<Miner, 'node'>): Promise<Figure[]> {
  await chain.call('refuse');
  node.session?.retry();
  const before = process.cpuUsage();
  await sleep(GONE_MS);
  const { user, system } = process.cpuUsage(before);
  const { requests } = (await chain.call('seen')).ours;
  return [
    figure('node gone: requests in 2 s', (requests * 2000) / GONE_MS, '', { atMost: 1 }),
    figure('node gone: share of a core', ((user + system) / 1000 / GONE_MS) * 100, '%', { atMost: 2 }),
  ];
}

process.exit(await main(process.argv.slice(2)));
