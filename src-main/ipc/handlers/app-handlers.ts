import type { Request } from '../../../src-shared/ipc/contract';
import type { StatePublisher } from '../../state/state-publisher';
import type { Handlers } from '../handle';

/** What the window's own keys ask for. */
export type WindowCommands = {
  readonly quit: () => void;
  readonly licences: () => Promise<string>;
  /** The window shows what a link asked for. */
  readonly linkOpened: () => void;
  /** The window's code runs. */
  readonly stateAsked: () => void;
  readonly zoom: (zoom: Request<'app:zoom'>['zoom']) => void;
};

/** What is the app's and not the miner's. */
export function appHandlers(
  publisher: StatePublisher,
  copying: { copy(text: string): Promise<void>; copySecret(text: string): Promise<void> },
  { quit, licences, zoom, linkOpened, stateAsked }: WindowCommands,
): Pick<
  Handlers,
  | 'state:get'
  | 'app:copySecret'
  | 'app:copyText'
  | 'app:licences'
  | 'app:linkOpened'
  | 'app:quit'
  | 'app:zoom'
> {
  return {
    'state:get': () => {
      stateAsked();
      return publisher.full();
    },
    'app:copySecret': ({ text }) => copying.copySecret(text),
    'app:copyText': ({ text }) => copying.copy(text),
    'app:licences': async () => ({ text: await licences() }),
    'app:linkOpened': () => linkOpened(),
    'app:quit': () => quit(),
    'app:zoom': ({ zoom: asked }) => zoom(asked),
  };
}
