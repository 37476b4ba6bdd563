import type { Request } from '../../../src-shared/ipc/contract';
import type { StatePublisher } from '../../state/state-publisher';
import type { Handlers } from '../handle';

/** What the window's own keys ask for. */
export type WindowCommands = {
  readonly quit: () => void;
  readonly zoom: (zoom: Request<'app:zoom'>['zoom']) => void;
};

/** What is the app's and not the miner's. */
export function appHandlers(
  publisher: StatePublisher,
  copyText: (text: string) => void,
  { quit, zoom }: WindowCommands,
): Pick<Handlers, 'state:get' | 'app:copyText' | 'app:quit' | 'app:zoom'> {
  return {
    'state:get': () => publisher.full(),
    'app:copyText': ({ text }) => copyText(text),
    'app:quit': () => quit(),
    'app:zoom': ({ zoom: asked }) => zoom(asked),
  };
}
