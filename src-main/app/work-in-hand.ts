import type { TaskState } from '../../src-shared/ipc/task-state';
import type { Miner } from '../open-miner';
import type { WorkInHand } from '../updates/updates';

type Worker = Pick<Miner, 'jobs' | 'journal' | 'node' | 'power'>;

/** Computed, and not with the node yet. */
const UNSENT: ReadonlySet<TaskState> = new Set(['computed', 'reserved', 'signed', 'sent']);

/**
 * Whether a miner has something in hand that it would be a pity to end on: work on its engines; answers that a validator
 * has not read, and results that a node does not have, as long as these are there to take them.
 */
export function isInHand({ jobs, journal, node: { session }, power }: Worker): boolean {
  if (power.isBusy) return true;
  const { status } = jobs;
  if (status?.state === 'connected' && status.undelivered > 0) return true;
  const chapter = session?.head.binding?.chapter.id;
  if (session?.head.state !== 'online' || chapter === undefined) return false;
  return journal.live(chapter).some(({ state, transfer }) => transfer === null && UNSENT.has(state));
}

/** What of a miner an update waits for, besides that it is on and would begin more. */
export function workInHand(miner: Worker): WorkInHand {
  const { power } = miner;
  let wasRunning = false;
  return {
    get isGoing() {
      return power.running || power.isFinishing || isInHand(miner);
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
