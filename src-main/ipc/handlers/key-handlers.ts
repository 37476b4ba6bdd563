import type { Miner } from '../../open-miner';
import { writeChosenFile } from '../../storage/chosen-file';
import type { Handlers } from '../handle';

type KeyChannel = 'key:create' | 'key:replace' | 'key:import' | 'key:restore' | 'key:backUp';

/**
 * Making, importing and backing up the key; it never comes back to the window.
 * @param choosePath asks the person where a file of this name is to be kept; null where they think better of it
 */
export function keyHandlers(
  { account }: Pick<Miner, 'account'>,
  choosePath: (name: string) => Promise<string | null>,
): Pick<Handlers, KeyChannel> {
  return {
    'key:create': async () => ({ address: await account.create() }),
    'key:replace': async ({ lost }) => ({ address: await account.replace(lost) }),
    'key:import': async ({ privateKey }) => ({ address: await account.import(privateKey) }),
    'key:restore': async ({ backup, passphrase }) => ({ address: await account.restore(backup, passphrase) }),
    'key:backUp': async ({ passphrase }) => {
      const text = await account.backUp(passphrase);
      const path = await choosePath(`computechain-key-${account.state.address}.json`);
      if (path !== null) await writeChosenFile(path, text, 0o600);
      return { path };
    },
  };
}
