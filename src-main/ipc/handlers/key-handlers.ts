import { bytesToHex } from '@noble/hashes/utils.js';
import type { Channel } from '../../../src-shared/ipc/contract';
import { LONGEST_KEY_NAME } from '../../../src-shared/wallet/key-name';
import { CLI_KEYS_FOLDER, findCliKeys, readCliKey } from '../../keys/cli-key-files';
import type { Miner } from '../../open-miner';
import { writeChosenFile } from '../../storage/chosen-file';
import type { Handlers } from '../handle';

type KeyChannel = Extract<Channel, `key:${string}`>;

/**
 * The profile's keys. A private key comes to the window in one answer alone: where the person asks to see it.
 * @param choosePath asks the person where a file of this name is to be kept; null where they think better of it
 */
export function keyHandlers(
  { account, keys }: Pick<Miner, 'account' | 'keys'>,
  choosePath: (name: string) => Promise<string | null>,
): Pick<Handlers, KeyChannel> {
  return {
    'key:create': async ({ name }) => ({ address: await keys.create(name) }),
    'key:replace': async ({ lost }) => ({ address: await keys.replace(lost) }),
    'key:import': async ({ privateKey, name }) => ({ address: await keys.import(privateKey, name) }),
    'key:restore': async ({ backup, passphrase, name }) => ({
      address: await keys.restore(backup, passphrase, name),
    }),
    'key:backUp': async ({ address, passphrase }) => {
      const key = keys.required(address);
      const text = await account.backUp(passphrase, key.address);
      const path = await choosePath(`computechain-key-${key.address}.json`);
      if (path !== null) await writeChosenFile(path, text, 0o600);
      return { path };
    },
    'key:checkBackup': ({ address, backup, passphrase }) => keys.checkBackup(address, backup, passphrase),
    'key:checkWritten': ({ address, privateKey }) => keys.checkWritten(address, privateKey),
    'key:reveal': ({ address }) =>
      account.withPrivateKey((key) => ({ privateKey: bytesToHex(key) }), keys.required(address).address),
    'key:findFiles': async () => ({ folder: CLI_KEYS_FOLDER, files: await findCliKeys() }),
    'key:importFile': async ({ name }) => ({
      address: await keys.import(await readCliKey(name), name.slice(0, LONGEST_KEY_NAME)),
    }),
    'key:rename': ({ address, name }) => keys.rename(address, name),
    'key:use': ({ address }) => keys.use(address),
    'key:forget': ({ address }) => keys.forget(address),
  };
}
