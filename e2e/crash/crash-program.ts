import { once } from 'node:events';
import { ALICE } from '../../src-main/devnet/test-network';
import { JournalDriver } from '../driver/miner/journal-driver';
import { MemoryVault } from '../driver/miner/memory-vault';
import { worldClock } from '../driver/world/world-clock';
import type { CrashArguments } from './crash-arguments';

/**
 * Takes two results from plan to proof on a profile, for a parent that makes the blocks. Dies by SIGKILL at the
 * boundary it is told to, counted from 1; with 0 it lives and tells the name of each.
 */
const { folder, nodeUrl, dieAt, nowMs } = JSON.parse(process.argv[2] ?? '') as CrashArguments;
const passed: string[] = [];
let now = nowMs;
const driver = new JournalDriver({
  folder,
  nodeUrl,
  vault: MemoryVault.holding(ALICE.key),
  address: ALICE.address,
  clock: worldClock(() => now),
  boundary: (effect) => {
    passed.push(effect);
    if (passed.length === dieAt) process.kill(process.pid, 'SIGKILL');
  },
});
const block = async () => {
  process.send?.('block');
  [now] = (await once(process, 'message')) as [number];
};

await driver.look();
// Its answer is lost: the parent sees to that.
await driver.work();
await block();
await driver.look();
await driver.work();
await block();
await driver.look();
passed.push('the end');
if (dieAt === passed.length) process.kill(process.pid, 'SIGKILL');
process.send?.(passed, () => process.exit(0));
