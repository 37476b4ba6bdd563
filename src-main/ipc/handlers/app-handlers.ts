import type { StatePublisher } from '../../state/state-publisher';
import type { Handlers } from '../handle';

/** What is the app's and not the miner's. */
export function appHandlers(
  publisher: StatePublisher,
  copyText: (text: string) => void,
  quit: () => void,
): Pick<Handlers, 'state:get' | 'app:copyText' | 'app:quit'> {
  return {
    'state:get': () => publisher.full(),
    'app:copyText': ({ text }) => copyText(text),
    'app:quit': () => quit(),
  };
}
