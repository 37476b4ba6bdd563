import { hexToBytes } from '@noble/hashes/utils.js';
import { InProcessCompute } from '../driver/miner/in-process-compute';
import { MemoryVault } from '../driver/miner/memory-vault';
import { openTestMiner } from '../driver/miner/open-test-miner';
import { worldClock } from '../driver/world/world-clock';
import type { FromMiner, MinerArguments, ToMiner } from './miner-messages';

/**
 * The miner as a program of its own, for a parent that kills it: it mines as soon as it is up, takes the time and the
 * news of blocks from its parent, and tells how far it has come.
 */
const { folder, nodeUrl, privateKey, nowMs } = JSON.parse(process.argv[2] ?? '') as MinerArguments;
let now = nowMs;
const { miner } = openTestMiner({
  folder,
  nodeUrl,
  vault: MemoryVault.holding(hexToBytes(privateKey)),
  runners: [new InProcessCompute()],
  clock: worldClock(() => now),
  onError: (error) => console.error(error),
});
const tell = (message: FromMiner) => process.send?.(message);

process.on('message', (message: ToMiner) => {
  now = message.nowMs;
  agrees = message.acceptChain;
  agree();
  if (message.mine !== miner.power.running) message.mine ? miner.power.start() : miner.power.stop();
  miner.node.session?.retry();
});
process.on('disconnect', () => process.exit(0));

/** The person agrees to what they are asked, once for each message that says so. */
let agrees = false;
function agree(): void {
  if (!agrees || miner.node.session?.head.error?.remedy !== 'accept_chain') return;
  agrees = false;
  miner.node.required.acceptChain();
}

let told = '';
miner.changes.add(() => {
  agree();
  const { session } = miner.node;
  const { state } = miner.status;
  const chapter = session?.head.binding?.chapter.id;
  const live = chapter === undefined ? [] : miner.journal.live(chapter);
  const message: FromMiner = {
    tip: session?.head.tip?.block.header.height ?? -1,
    newest: live.at(-1)?.blockHeight ?? -1,
    unsent: live.filter((task) => ['computed', 'reserved', 'signed'].includes(task.state)).length,
    planned: live.filter((task) => task.state === 'planned').length,
    trouble: state.kind === 'blocked' ? state.error.code : null,
  };
  if (JSON.stringify(message) === told) return;
  told = JSON.stringify(message);
  tell(message);
});
await miner.open();
if (miner.account.state.state === 'none') await miner.account.import(privateKey);
miner.power.start();
