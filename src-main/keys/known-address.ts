import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Address, isAddress, parseAddress } from '../../src-shared/chain/address';
import { AppError } from '../../src-shared/errors';
import { writeFileAtomic } from '../storage/atomic-file';
import { mapDiskError } from '../storage/disk-error';
import { readIfThere } from '../storage/read-file';
import type { SettingsStore } from '../storage/settings-store';

const SETTING = 'account.address';

/**
 * The address of this profile's account, kept twice: in the database and in a file beside the keys. Where either is
 * lost the other tells that there is a key, which nothing else could find again; what is missing is written anew.
 */
export class KnownAddress {
  readonly #settings: SettingsStore;
  readonly #folder: string;

  /** @param folder the profile's folder for keys */
  constructor(settings: SettingsStore, folder: string) {
    this.#settings = settings;
    this.#folder = folder;
  }

  /** Null where this profile never had an account. @throws AppError `address_corrupt`, `profile_unreadable` where only the file has it and can't be read */
  async read(): Promise<Address | null> {
    const stored = this.#settings.get(SETTING, z.string().refine(isAddress));
    const address = stored === undefined ? this.#addressIn(this.#text()) : parseAddress(stored);
    if (address !== null && (stored !== address || !this.#holds(address))) {
      // One of the two is enough to go on: what cannot be written now, as on a full disk, is written another time.
      await this.write(address).catch(() => undefined);
    }
    return address;
  }

  /** @throws AppError `disk_full`, `profile_unwritable`, `database_*` */
  async write(address: Address): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw mapDiskError(error, this.#folder);
    }
    await writeFileAtomic(this.#file, `${address}\n`, 0o600);
    this.#settings.set(SETTING, address);
  }

  /** This profile has no account any more. @throws AppError `profile_unwritable`, `database_*` */
  async forget(): Promise<void> {
    await rm(this.#file, { force: true }).catch((error: unknown) => {
      throw mapDiskError(error, this.#file);
    });
    this.#settings.remove(SETTING);
  }

  /** Keeps what is left of a damaged address. @returns whether there is one @throws as `keepFormer` */
  async keepDamaged(): Promise<boolean> {
    const text = this.#text();
    if (text === null) return false;
    await this.keepFormer(JSON.stringify(text));
    return true;
  }

  /** Keeps an address that this profile had, for whoever finds its key later. @throws AppError `disk_full`, `profile_*` */
  async keepFormer(address: string): Promise<void> {
    const file = join(this.#folder, 'former-addresses');
    const kept = readIfThere(file) ?? '';
    if (!kept.split('\n').includes(address)) await writeFileAtomic(file, `${kept}${address}\n`, 0o600);
  }

  get #file(): string {
    return join(this.#folder, 'address');
  }

  #holds(address: Address): boolean {
    try {
      return this.#text() === address;
    } catch {
      return false;
    }
  }

  /** What the file says; null where there is none. */
  #text(): string | null {
    return readIfThere(this.#file)?.trim() ?? null;
  }

  #addressIn(text: string | null): Address | null {
    if (text === null) return null;
    if (isAddress(text)) return parseAddress(text);
    throw new AppError(
      'address_corrupt',
      `The file ${this.#file} does not hold an address. Import the key.`,
      {
        remedy: 'import_key',
        params: { path: this.#file },
      },
    );
  }
}
