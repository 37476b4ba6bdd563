import { randomBytes, scrypt } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { AppError } from '../../src-shared/errors';
import { writeFileAtomic } from '../storage/atomic-file';
import { readIfThere } from '../storage/read-file';
import type { KeyVault } from './key-vault';

// scrypt cost (RFC 7914): about 128 MiB and under a second, the strongest a laptop bears at every start.
const SCRYPT = { N: 2 ** 17, r: 8, p: 1 };
const SCRYPT_MEMORY = 256 * 1024 * 1024;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const NONCE_BYTES = 24;

const fileSchema = z.object({
  version: z.literal(1),
  address: z.string(),
  kdf: z.object({ name: z.literal('scrypt'), N: z.literal(SCRYPT.N), r: z.literal(8), p: z.literal(1) }),
  cipher: z.literal('xchacha20-poly1305'),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  nonce: z.string().regex(/^[0-9a-f]{48}$/),
  sealed: z.string().regex(/^[0-9a-f]{96}$/),
});

/** Keys in files of the profile, each sealed with a passphrase; the address is bound in as associated data. */
export class FileVault implements KeyVault {
  readonly kind = 'file';
  readonly waiting = false;
  readonly #folder: string;
  /** As it is meant: however it was typed (composed or not), with the line end of a file or without. */
  readonly #passphrase: string;
  /** As it was given; files from before were sealed with that. */
  readonly #asGiven: string;
  // The passphrase is in memory anyway; deriving again for each signature would only burn time.
  #derived: { readonly salt: string; readonly passphrase: string; readonly key: Uint8Array } | null = null;

  constructor(folder: string, passphrase: string) {
    this.#folder = folder;
    this.#passphrase = passphrase.normalize('NFC').replace(/\r?\n$/, '');
    this.#asGiven = passphrase;
  }

  async read(address: string): Promise<Uint8Array | null> {
    const path = this.#path(address);
    const text = readIfThere(path);
    if (text === null) return null;
    const file = parseFile(text, path, address);
    for (const passphrase of new Set([this.#passphrase, this.#asGiven])) {
      const key = await this.#key(file.salt, passphrase);
      try {
        return xchacha20poly1305(key, hexToBytes(file.nonce), utf8ToBytes(address)).decrypt(
          hexToBytes(file.sealed),
        );
      } catch {
        // Not this one.
      }
    }
    throw new AppError(
      'passphrase_wrong',
      'CPC_MINER_PASSPHRASE does not open the key file of this profile. Capital letters, the keyboard layout and quotes around it are what is wrong most often.',
      { remedy: 'set_passphrase' },
    );
  }

  async write(address: string, privateKey: Uint8Array): Promise<void> {
    const salt = bytesToHex(randomBytes(SALT_BYTES));
    const nonce = randomBytes(NONCE_BYTES);
    const key = await this.#key(salt, this.#passphrase);
    const sealed = xchacha20poly1305(key, nonce, utf8ToBytes(address)).encrypt(privateKey);
    const file = {
      version: 1,
      address,
      kdf: { name: 'scrypt', ...SCRYPT },
      cipher: 'xchacha20-poly1305',
      salt,
      nonce: bytesToHex(nonce),
      sealed: bytesToHex(sealed),
    };
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(this.#path(address), `${JSON.stringify(file, null, 2)}\n`, 0o600);
    const kept = await this.read(address);
    kept?.fill(0);
  }

  async #key(salt: string, passphrase: string): Promise<Uint8Array> {
    if (this.#derived?.salt !== salt || this.#derived.passphrase !== passphrase)
      this.#derived = { salt, passphrase, key: await deriveKey(passphrase, hexToBytes(salt)) };
    return this.#derived.key;
  }

  #path(address: string): string {
    return join(this.#folder, `${address}.json`);
  }
}

function parseFile(text: string, path: string, address: string): z.infer<typeof fileSchema> {
  try {
    const file = fileSchema.parse(JSON.parse(text));
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

function deriveKey(passphrase: string, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, KEY_BYTES, { ...SCRYPT, maxmem: SCRYPT_MEMORY }, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key)),
    );
  });
}
