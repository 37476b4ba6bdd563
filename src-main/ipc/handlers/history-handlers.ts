import type { Miner } from '../../open-miner';
import type { Handlers } from '../handle';

/** How the miner did. */
export function historyHandlers({
  history,
}: Pick<Miner, 'history'>): Pick<Handlers, 'history:series' | 'history:results'> {
  return {
    'history:series': ({ span }) => history.series(span),
    'history:results': ({ days }) => history.results(days),
  };
}
