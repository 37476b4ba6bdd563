import { once } from 'node:events';
import { ALICE } from '../../src-main/devnet/test-network';
import { JournalRig } from '../driver/journal-rig';
import { MemoryVault } from '../driver/memory-vault';
import type { CrashArguments } from './crash-arguments';

/**
 * Takes two results from plan to proof on a profile, for a parent that makes the blocks. Dies by SIGKILL at the
 * boundary it is told to, counted from 1; with 0 it lives and tells the name of each.
 */
const { folder, nodeUrl, dieAt, nowMs } = JSON.parse(process.argv[2] ?? '') as CrashArguments;
const passed: string[] = [];
let now = nowMs;
const rig = new JournalRig({
  folder,
  nodeUrl,
  vault: MemoryVault.holding(ALICE.key),
  address: ALICE.address,
  now: () => now,
  boundary: (effect) => {
    passed.push(effect);
    if (passed.length === dieAt) process.kill(process.pid, 'SIGKILL');
  },
});
const block = async () => {
  process.send?.('block');
  [now] = (await once(process, 'message')) as [number];
};

await rig.look();
// Its answer is lost: the parent sees to that.
await rig.work();
await block();
await rig.look();
await rig.work();
await block();
await rig.look();
passed.push('the end');
if (dieAt === passed.length) process.kill(process.pid, 'SIGKILL');
process.send?.(passed, () => process.exit(0));
