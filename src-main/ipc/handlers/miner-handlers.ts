import type { Miner } from '../../open-miner';
import type { Handlers } from '../handle';

/** Starting, stopping and pausing. */
export function minerHandlers({
  power,
  retry,
}: Pick<Miner, 'power' | 'retry'>): Pick<
  Handlers,
  `miner:${'start' | 'stop' | 'finish' | 'pause' | 'resume' | 'retry'}`
> {
  return {
    'miner:start': () => power.start(),
    'miner:stop': () => power.stop(),
    'miner:finish': () => power.finish(),
    'miner:pause': ({ preset }) => power.pause(preset),
    'miner:resume': () => power.resume(),
    'miner:retry': retry,
  };
}
