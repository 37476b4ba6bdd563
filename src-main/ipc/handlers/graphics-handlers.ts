import type { Miner } from '../../open-miner';
import type { Handlers } from '../handle';

/** The lanes' adapters. */
export function graphicsHandlers({
  compute,
}: Pick<Miner, 'compute'>): Pick<Handlers, 'graphics:measure' | 'graphics:release'> {
  return {
    'graphics:measure': ({ lane }, { signal }) => compute.measure(lane, signal),
    'graphics:release': ({ lane }) => compute.releaseAdapter(lane),
  };
}
