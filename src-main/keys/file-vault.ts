import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../src-shared/errors';
import { writeFileAtomic } from '../storage/atomic-file';
import { readIfThere } from '../storage/read-file';
import type { KeyVault } from './key-vault';
import {
  asMeant,
  deriveKey,
  newSalt,
  openSealed,
  parseSealedKey,
  type SealedKey,
  sealKey,
} from './sealed-key';

/** Keys in files of the profile, each sealed with a passphrase; the address is bound in as associated data. */
export class FileVault implements KeyVault {
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
    const path = this.#path(address);
    const text = readIfThere(path);
    if (text === null) return null;
    const file = parseFile(text, path, address);
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

  async write(address: string, privateKey: Uint8Array): Promise<void> {
    const salt = newSalt();
    const text = sealKey(address, privateKey, await this.#key(salt, this.#passphrase), salt);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(this.#path(address), text, 0o600);
    const kept = await this.read(address);
    kept?.fill(0);
  }

  async #key(salt: string, passphrase: string): Promise<Uint8Array> {
    if (this.#derived?.salt !== salt || this.#derived.passphrase !== passphrase)
      this.#derived = { salt, passphrase, key: await deriveKey(passphrase, salt) };
    return this.#derived.key;
  }

  #path(address: string): string {
    return join(this.#folder, `${address}.json`);
  }
}

function parseFile(text: string, path: string, address: string): SealedKey {
  try {
    const file = parseSealedKey(text);
    if (file.address === address) return file;
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
