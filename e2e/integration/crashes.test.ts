import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error a script without types
import { bundle } from '../../scripts/lib/bundle.mjs';
import { ALICE } from '../../src-main/devnet/test-network';
import type { CrashArguments } from '../crash/crash-arguments';
import { JournalDriver } from '../driver/miner/journal-driver';
import { MemoryVault } from '../driver/miner/memory-vault';
import { ChainWorld } from '../driver/world/chain-world';
import { loseAnswer, pass } from '../driver/world/faults';
import { holdingsOf, tallyTasks } from '../driver/world/tally';
import { worldClock } from '../driver/world/world-clock';

const FUNDED_UNITS = 10n ** 18n;
// Until a task that was only planned has grown too old.
const SETTLING_BLOCKS = 4;

let program: string;
let world: ChainWorld;
const folders: string[] = [];
beforeAll(async () => {
  program = await bundle('e2e/crash/crash-program.ts');
  world = await ChainWorld.open();
  await world.fund(ALICE.address, FUNDED_UNITS);
});
afterAll(async () => {
  await world.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  folders.push(folder);
  return folder;
};

/** Runs the program to its end or to the boundary it dies at. @returns the boundaries it passed; null where it died */
function run(folder: string, dieAt: number): Promise<string[] | null> {
  let posts = 0;
  world.front.fault = (path) => (path === '/tx/send' && ++posts === 1 ? loseAnswer : pass);
  const args: CrashArguments = { folder, nodeUrl: world.front.url, dieAt, nowMs: world.nowMs };
  const child = fork(program, [JSON.stringify(args)]);
  return new Promise((resolve, reject) => {
    let told: string[] | null = null;
    child.on('message', (message: 'block' | string[]) => {
      if (message !== 'block') told = message;
      // It may have died meanwhile: then nobody is there to be told.
      else void world.block().then(() => child.connected && child.send(world.nowMs, () => undefined));
    });
    child.once('error', reject);
    child.once('exit', () => resolve(told));
  });
}

/** Starts on a profile after the crash, and lets a few blocks go by. */
async function recover(folder: string) {
  world.front.fault = () => pass;
  const driver = new JournalDriver({
    folder,
    nodeUrl: world.front.url,
    vault: MemoryVault.holding(ALICE.key),
    address: ALICE.address,
    clock: worldClock(() => world.nowMs),
  });
  await driver.look();
  for (let block = 0; block < SETTLING_BLOCKS; block++) {
    await world.block();
    await driver.look();
  }
  const tasks = driver.tasks();
  driver.close();
  return tasks;
}

/** Dies at a boundary, recovers, and holds what the journal says against the chain. */
async function crashAt(dieAt: number, effect: string | undefined, afterwards: () => Promise<void>) {
  const before = await holdingsOf(world.ownUrl, ALICE.address, Number.POSITIVE_INFINITY);
  const folder = newFolder();
  expect(await run(folder, dieAt)).toBeNull();
  await afterwards();
  const tasks = await recover(folder);
  const held = await holdingsOf(world.ownUrl, ALICE.address, before.height + 1);
  const tally = tallyTasks(tasks, held, before.balanceUnits);
  expect({ dieAt, effect, ...tally }).toMatchObject({ effect, lost: [], duplicated: [], unfinished: [] });
  expect(tally.feesPaidUnits).toBe(tally.feesExpectedUnits);
  // No gap is left behind: every nonce that was used is in the chain.
  expect(held.nonce - before.nonce).toBe(held.results.length);
}

describe('after a crash at any point and recovery', () => {
  it('the set of proved results equals what the chain holds', async () => {
    const boundaries = (await run(newFolder(), 0)) ?? [];
    expect(boundaries).toContain('node.send');
    for (const [index, effect] of boundaries.entries()) {
      await crashAt(index + 1, effect, async () => undefined);
    }
  }, 300_000);

  it('it does so where the node has forgotten its mempool meanwhile', async () => {
    const boundaries = (await run(newFolder(), 0)) ?? [];
    const firstSend = boundaries.indexOf('node.send');
    for (const [index, effect] of boundaries.entries()) {
      if (index > firstSend) await crashAt(index + 1, effect, () => world.restart());
    }
  }, 300_000);
});
