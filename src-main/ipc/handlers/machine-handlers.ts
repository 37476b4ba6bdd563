import { MOST_RUNNING } from '../../../src-shared/ipc/contract';
import type { Miner } from '../../open-miner';
import type { Handlers } from '../handle';

/** What the machine tells a person beside the miner. */
export function machineHandlers({
  machine,
  sensors,
}: Pick<Miner, 'machine' | 'sensors'>): Pick<Handlers, 'machine:apps' | 'machine:sensors'> {
  return {
    'machine:apps': async () => {
      const apps = await machine.apps.read();
      return { names: apps.known ? [...apps.value].toSorted().slice(0, MOST_RUNNING) : null };
    },
    'machine:sensors': () => sensors.read(),
  };
}
