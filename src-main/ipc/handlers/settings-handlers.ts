import type { Settings } from '../../../src-shared/settings/settings';
import { allowedNodeUrl } from '../../mining/allowed-node-url';
import type { Miner } from '../../open-miner';
import type { Handlers } from '../handle';

/** What a person sets. */
export function settingsHandlers({ settings }: Pick<Miner, 'settings'>): Pick<Handlers, 'settings:update'> {
  return {
    'settings:update': (request) => {
      const change = withoutUndefined(request);
      settings.save({ ...change, ...addressIn(change, settings.current) });
    },
  };
}

/** The node's address in a change, tidied; nothing where there is none. @throws as `allowedNodeUrl` */
function addressIn(change: Partial<Settings>, current: Settings): Partial<Settings> {
  if (typeof change.nodeUrl !== 'string') return {};
  return { nodeUrl: allowedNodeUrl(change.nodeUrl, { ...current, ...change }) };
}

/** A partial change with the keys that were left out really absent. */
function withoutUndefined<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
