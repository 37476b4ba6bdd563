import type { Miner } from '../../open-miner';
import type { Handlers } from '../handle';

/** What a person sets. */
export function settingsHandlers({
  settings,
  node,
}: Pick<Miner, 'settings' | 'node'>): Pick<Handlers, 'settings:update'> {
  return {
    'settings:update': async (change) => {
      const { nodeUrl } = settings.current;
      settings.update(withoutUndefined(change));
      if (settings.current.nodeUrl !== nodeUrl) await node.connect();
    },
  };
}

/** A partial change with the keys that were left out really absent. */
function withoutUndefined<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
