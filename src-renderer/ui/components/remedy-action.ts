import { familyOf } from '../../../src-shared/error-codes';
import type { ErrorReport } from '../../../src-shared/errors';
import type { AppState } from '../../../src-shared/state/state';
import { goTo } from '../stores/navigation-store';
import { fireCommand } from '../stores/send-command';

/** The button that goes with a remedy: its word among `action.*`, and what it does. */
export type RemedyAction = {
  readonly label:
    | 'retry'
    | 'top_up'
    | 'show_address'
    | 'restart_node'
    | 'open_settings'
    | 'open_graphics'
    | 'back_up_key'
    | 'run_doctor'
    | 'accept_chain';
  readonly run: () => void;
};

const retry: RemedyAction = { label: 'retry', run: () => fireCommand(() => window.miner.retryNow()) };
const openSettings: RemedyAction = { label: 'open_settings', run: () => goTo('settings') };
const openGraphics: RemedyAction = { label: 'open_graphics', run: () => goTo('graphics') };

/** The one thing to press about an error; null where nothing in this window helps. */
export function remedyAction(
  { code, remedy, retryable }: ErrorReport,
  { faucet, node }: AppState,
): RemedyAction | null {
  switch (remedy) {
    case 'top_up':
      return faucet.available
        ? { label: 'top_up', run: () => fireCommand(() => window.miner.topUp()) }
        : { label: 'show_address', run: () => goTo('wallet') };
    case 'restart_node':
      return node.builtIn
        ? { label: 'restart_node', run: () => fireCommand(() => window.miner.restartDevnet()) }
        : retry;
    case 'open_settings':
      // The engine is chosen beside the adapter it is chosen for.
      return familyOf(code) === 'gpu' ? openGraphics : openSettings;
    case 'run_doctor':
      // What may go well the next time is tried first.
      return retryable ? retry : { label: 'run_doctor', run: () => goTo('doctor') };
    case 'back_up_key':
      return { label: 'back_up_key', run: () => goTo('wallet') };
    case 'accept_chain':
      return { label: 'accept_chain', run: () => fireCommand(() => window.miner.acceptChain()) };
    case 'retry':
    case 'wait':
    case 'unlock_keychain':
    case 'free_disk':
    case 'check_permissions':
      return retry;
    default:
      return retryable ? retry : null;
  }
}
