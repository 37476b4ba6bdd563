import { plainAppNames } from '../../../src-shared/pause-rules/app-names';
import type { Settings } from '../../../src-shared/settings/settings';
import { parseValidatorUrl } from '../../jobs/validator-url';
import { allowedNodeUrl } from '../../mining/allowed-node-url';
import type { Miner } from '../../open-miner';
import type { Handlers } from '../handle';

/** What a person sets. */
export function settingsHandlers({ settings }: Pick<Miner, 'settings'>): Pick<Handlers, 'settings:update'> {
  return {
    'settings:update': (request) => {
      const change = withoutUndefined(request);
      const { pauseApps } = change;
      settings.save({
        ...change,
        ...addressesIn(change, settings.current),
        ...(pauseApps === undefined ? {} : { pauseApps: plainAppNames(pauseApps) }),
      });
    },
  };
}

/** The addresses in a change, tidied; nothing where there are none. @throws as `allowedNodeUrl`, `parseValidatorUrl` */
function addressesIn(change: Partial<Settings>, current: Settings): Partial<Settings> {
  const { nodeUrl, validatorUrl } = change;
  return {
    ...(typeof nodeUrl === 'string' ? { nodeUrl: allowedNodeUrl(nodeUrl, { ...current, ...change }) } : {}),
    ...(typeof validatorUrl === 'string' ? { validatorUrl: parseValidatorUrl(validatorUrl) } : {}),
  };
}

/** A partial change with the keys that were left out really absent. */
function withoutUndefined<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
