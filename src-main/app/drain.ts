import type { TaskState } from '../../src-shared/ipc/task-state';
import type { Clock } from '../clock/clock';
import type { Miner } from '../open-miner';

type Drained = Pick<Miner, 'changes' | 'jobs' | 'journal' | 'node' | 'power'>;

// A service manager is told to wait a little longer (resources/rig); what is not done by then is on disk.
const LONGEST_MS = 60_000;

/** Computed, and not with the node yet. */
const UNSENT: ReadonlySet<TaskState> = new Set(['computed', 'reserved', 'signed', 'sent']);

/**
 * Has a miner begin nothing new. Resolves once what is in hand is computed and sent, and its validator has the answers, as
 * long as there is somebody to take them; or after a minute.
 */
export function drained(miner: Drained, clock: Pick<Clock, 'after'>): Promise<void> {
  miner.power.finishForRun();
  return new Promise((resolve) => {
    const end = () => {
      stop();
      callOff();
      resolve();
    };
    const look = () => {
      if (!isInHand(miner)) end();
    };
    const stop = miner.changes.add(look);
    const callOff = clock.after(LONGEST_MS, end);
    look();
  });
}

function isInHand({ jobs, journal, node: { session }, power }: Drained): boolean {
  if (power.isBusy) return true;
  const { status } = jobs;
  if (status?.state === 'connected' && status.undelivered > 0) return true;
  const chapter = session?.head.binding?.chapter.id;
  if (session?.head.state !== 'online' || chapter === undefined) return false;
  return journal.live(chapter).some(({ state, transfer }) => transfer === null && UNSENT.has(state));
}
