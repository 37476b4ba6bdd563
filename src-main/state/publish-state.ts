import type { Topic } from '../../src-shared/state/state';
import type { Changes, MinerChange } from '../changes';
import { endOfDay } from '../clock/calendar';
import type { Clock } from '../clock/clock';
import type { StatePublisher } from './state-publisher';

/** Which slices a change of the miner may show in. */
const SHOWS_IN: Readonly<Record<MinerChange, readonly Topic[]>> = {
  // The language is the app's; which node it is, the settings say; the engine is chosen for the size in them.
  settings: ['settings', 'app', 'node', 'compute'],
  key: ['key'],
  // The network says what a result costs and whether there is a faucet.
  node: ['node', 'balance', 'faucet', 'key'],
  balance: ['balance'],
  faucet: ['faucet'],
  compute: ['compute', 'progress'],
  progress: ['progress'],
  tasks: ['tasks'],
  miner: ['miner'],
};

/** Keeps the slices up to date with a miner. @returns the function that stops it */
export function publishState(changes: Changes, publisher: StatePublisher, clock: Clock): () => void {
  const stop = changes.listen((change) => {
    for (const topic of SHOWS_IN[change]) publisher.mark(topic);
  });
  let cancelMidnight: () => void;
  const awaitMidnight = () => {
    const now = clock.now();
    // What was done "today" changes at midnight although nothing happens.
    cancelMidnight = clock.after(endOfDay(now) - now, () => {
      publisher.mark('tasks');
      awaitMidnight();
    });
  };
  awaitMidnight();
  return () => {
    stop();
    cancelMidnight();
    publisher.close();
  };
}
