import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../src-shared/errors';
import { writeFileAtomic } from '../storage/atomic-file';
import { mapDiskError } from '../storage/disk-error';
import { readIfThere } from '../storage/read-file';
import {
  asMeant,
  deriveKey,
  newSalt,
  openSealed,
  parseSealedKey,
  parseSealedText,
  type SealedKey,
  sealKey,
} from './sealed-key';
import type { Vault } from './secret-vault';

/** Keys and secret texts in files of the profile, each sealed with a passphrase; address or name is bound in as associated data. */
export class FileVault implements Vault {
  readonly kind = 'file';
  readonly waiting = false;
  readonly #folder: string;
  readonly #passphrase: string;
  /** As it was given; files from before were sealed with that. */
  readonly #asGiven: string;
  // The passphrase is in memory anyway; deriving again for each signature would only burn time.
  #derived: { readonly salt: string; readonly passphrase: string; readonly key: Uint8Array } | null = null;

  constructor(folder: string, passphrase: string) {
    this.#folder = folder;
    this.#passphrase = asMeant(passphrase);
    this.#asGiven = passphrase;
  }

  async read(address: string): Promise<Uint8Array | null> {
    return this.#read(this.#path(address), address, parseSealedKey);
  }

  async write(address: string, privateKey: Uint8Array): Promise<void> {
    await this.#write(this.#path(address), address, privateKey);
    const kept = await this.read(address);
    kept?.fill(0);
  }

  async readText(name: string): Promise<string | null> {
    const bytes = await this.#read(this.#textPath(name), name, parseSealedText);
    return bytes === null ? null : Buffer.from(bytes).toString('utf8');
  }

  async writeText(name: string, text: string): Promise<void> {
    await this.#write(this.#textPath(name), name, Buffer.from(text, 'utf8'));
    await this.readText(name);
  }

  async forgetText(name: string): Promise<void> {
    await remove(this.#textPath(name));
  }

  async forget(address: string): Promise<void> {
    await remove(this.#path(address));
  }

  async #read(path: string, name: string, parse: (text: string) => SealedKey): Promise<Uint8Array | null> {
    const text = readIfThere(path);
    if (text === null) return null;
    const file = parseFile(text, path, name, parse);
    for (const passphrase of new Set([this.#passphrase, this.#asGiven])) {
      const key = openSealed(file, await this.#key(file.salt, passphrase));
      if (key !== null) return key;
    }
    throw new AppError(
      'passphrase_wrong',
      'CPC_MINER_PASSPHRASE does not open the key file of this profile. Capital letters, the keyboard layout and quotes around it are what is wrong most often.',
      { remedy: 'set_passphrase' },
    );
  }

  async #write(path: string, name: string, secret: Uint8Array): Promise<void> {
    const salt = newSalt();
    const text = sealKey(name, secret, await this.#key(salt, this.#passphrase), salt);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(path, text, 0o600);
  }

  async #key(salt: string, passphrase: string): Promise<Uint8Array> {
    if (this.#derived?.salt !== salt || this.#derived.passphrase !== passphrase)
      this.#derived = { salt, passphrase, key: await deriveKey(passphrase, salt) };
    return this.#derived.key;
  }

  #path(address: string): string {
    return join(this.#folder, `${address}.json`);
  }

  /** A name may hold what no file's name can. */
  #textPath(name: string): string {
    return join(this.#folder, `secret-${createHash('sha256').update(name).digest('hex').slice(0, 32)}.json`);
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true }).catch((error) => {
    throw mapDiskError(error, path);
  });
}

function parseFile(text: string, path: string, name: string, parse: (text: string) => SealedKey): SealedKey {
  try {
    const file = parse(text);
    if (file.address === name) return file;
  } catch (error) {
    throw corrupt(path, error);
  }
  throw corrupt(path, null);
}

function corrupt(path: string, cause: unknown): AppError {
  return new AppError(
    'vault_corrupt',
    `The key file ${path} is damaged. Put a backup of it back, or import the key.`,
    {
      remedy: 'import_key',
      params: { path },
      cause,
    },
  );
}
