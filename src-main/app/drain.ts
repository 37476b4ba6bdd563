import type { Clock } from '../clock/clock';
import type { Miner } from '../open-miner';
import { isInHand } from './work-in-hand';

type Drained = Pick<Miner, 'changes' | 'jobs' | 'journal' | 'node' | 'power'>;

// A service manager is told to wait a little longer (resources/rig); what is not done by then is on disk.
const LONGEST_MS = 60_000;

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
