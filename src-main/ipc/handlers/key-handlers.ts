import type { Miner } from '../../open-miner';
import type { Handlers } from '../handle';

/** Making and importing the key; it never comes back. */
export function keyHandlers({
  account,
}: Pick<Miner, 'account'>): Pick<Handlers, 'key:create' | 'key:replace' | 'key:import'> {
  return {
    'key:create': async () => ({ address: await account.create() }),
    'key:replace': async ({ lost }) => ({ address: await account.replace(lost) }),
    'key:import': async ({ privateKey }) => ({ address: await account.import(privateKey) }),
  };
}
