import type { Miner } from '../open-miner';
import type { WorkInHand } from '../updates/updates';

/** Computed or signed, and not yet with a node. */
const NOT_SENT: ReadonlySet<string> = new Set(['computed', 'reserved', 'signed']);

/** What of a miner an update waits for: tasks and jobs on the engines, results on their way, answers not yet read. */
export function workInHand({
  power,
  journal,
  jobs,
  node,
}: Pick<Miner, 'power' | 'journal' | 'jobs' | 'node'>): WorkInHand {
  let wasRunning = false;
  return {
    get isGoing() {
      if (power.running || power.isFinishing) return true;
      const chapter = node.session?.head.binding?.chapter.id;
      if (chapter !== undefined && journal.live(chapter).some(({ state }) => NOT_SENT.has(state)))
        return true;
      const { status, store } = jobs;
      return status?.state === 'connected' && store.idsIn(status.url, 'answered').length > 0;
    },
    finish() {
      wasRunning = power.running;
      power.finishForRun();
    },
    goOn() {
      if (wasRunning) power.startForRun();
      wasRunning = false;
    },
  };
}
