import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { type Address, addressFromPublicKey } from '../../src-shared/chain/address';
import { parsePrivateKey, publicKeyOf } from '../../src-shared/chain/key';
import { AppError } from '../../src-shared/errors';
import { LONGEST_PASTE } from '../../src-shared/pasted-text';

/** Where the chain's command line keeps its keys (l1-protocol.md, "Keys and addresses"). */
export const CLI_KEYS_FOLDER = join(homedir(), '.computechain', 'keys');

const MOST_FILES = 100;

/** A key file of the chain's command line, without the key. */
export type CliKeyFile = { readonly name: string; readonly address: Address };

/** The key files of a folder; whatever else is there, and a folder that is not, is passed over. */
export async function findCliKeys(folder = CLI_KEYS_FOLDER): Promise<CliKeyFile[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const found: CliKeyFile[] = [];
  for (const name of names
    .filter((one) => one.endsWith('.json'))
    .toSorted()
    .slice(0, MOST_FILES)) {
    try {
      found.push({ name: name.slice(0, -'.json'.length), address: addressOf(await read(folder, name)) });
    } catch {
      // No key file, or one of somebody else's.
    }
  }
  return found;
}

/** The text of one of the files that `findCliKeys` names. @throws AppError `not_found` */
export async function readCliKey(name: string, folder = CLI_KEYS_FOLDER): Promise<string> {
  const file = `${name}.json`;
  try {
    // What names another folder is none of them.
    if (basename(file) === file) return await read(folder, file);
  } catch {
    // As below.
  }
  throw new AppError('not_found', `There is no key file ${name} that can be read.`, { remedy: 'fix_input' });
}

async function read(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  const { size } = await stat(path);
  if (size > LONGEST_PASTE) throw new Error('larger than any key file');
  return readFile(path, 'utf8');
}

function addressOf(text: string): Address {
  const key = parsePrivateKey(text);
  const address = addressFromPublicKey(publicKeyOf(key));
  key.fill(0);
  return address;
}
