import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Address, addressFromPublicKey, parseAddress } from '../../src-shared/chain/address';
import { parsePrivateKey, publicKeyOf } from '../../src-shared/chain/key';
import { AppError } from '../../src-shared/errors';
import { LONGEST_KEY_NAME } from '../../src-shared/wallet/key-name';
import { Lock } from '../async/lock';
import { writeFileAtomic } from '../storage/atomic-file';
import { mapDiskError } from '../storage/disk-error';
import { readIfThere } from '../storage/read-file';
import type { SettingsStore } from '../storage/settings-store';
import type { Account } from './account';
import { openBackup } from './key-backup';
import { newPrivateKey } from './new-private-key';
import { isKept, MOST_KEYS, MOST_LISTED, type OwnKey } from './own-key';

const SETTING = 'account.keys';

const keySchema = z.object({
  address: z.string().transform((text) => parseAddress(text)),
  name: z.string().max(LONGEST_KEY_NAME),
  origin: z.enum(['created', 'imported']),
  keptAtMs: z.number().nullable(),
});
// Lost keys that were replaced stay listed, beyond what may be added.
const keysSchema = z.array(keySchema).max(MOST_LISTED);

type Parts = {
  readonly settings: SettingsStore;
  /** The profile's folder for keys. */
  readonly folder: string;
  readonly account: Account;
  readonly now: () => number;
  readonly onChange: () => void;
};

/**
 * The keys of this profile, each with a name, one of them in use: that one is the `Account`. What is known of them is
 * kept in the database, and in a file beside the keys, as is the address in use; the keys themselves rest in the vault.
 */
export class KeyRing {
  readonly #parts: Parts;
  #keys: readonly OwnKey[] | null = null;
  /** One change of the list at a time: another's would be lost. */
  readonly #lock = new Lock();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** All of them, in the order in which they came. */
  get keys(): readonly OwnKey[] {
    const listed = this.#listed();
    const { address } = this.#parts.account.state;
    if (address === null || listed.some((key) => key.address === address)) return listed;
    // From before there was a list, or its list was lost.
    return [...listed, { address, name: '', origin: 'created', keptAtMs: null }];
  }

  /** @returns the account's own and the others that may still have transactions under way */
  get addresses(): readonly Address[] {
    return this.keys.map(({ address }) => address);
  }

  /** A key of this profile by its address, or null. */
  find(address: string): OwnKey | null {
    return this.keys.find((key) => key.address === address) ?? null;
  }

  /**
   * Whether the key in use is one that somebody could bring back: it came from elsewhere, or its backup was opened here.
   */
  get isKept(): boolean {
    const { address } = this.#parts.account.state;
    const key = address === null ? null : this.find(address);
    return key !== null && isKept(key);
  }

  /** Makes a key: the account's where it has none, else one beside it. @throws AppError `key_limit`, `keychain_*`, `disk_*` */
  create(name = ''): Promise<Address> {
    const { account } = this.#parts;
    return this.#add(name, 'created', () =>
      account.state.state === 'ready' ? account.keepBeside(newPrivateKey()) : account.create(),
    );
  }

  /** A new key in the place of one that is lost, as `Account.replace`. */
  replace(lost: string | null): Promise<Address> {
    return this.#add('', 'created', () => this.#parts.account.replace(lost));
  }

  /** Takes a private key as it was pasted, as `create`. @throws AppError `invalid_private_key`, `key_exists`; as `create` */
  import(privateKey: string, name = ''): Promise<Address> {
    const { account } = this.#parts;
    return this.#add(name, 'imported', () =>
      account.state.state === 'ready'
        ? account.keepBeside(parsePrivateKey(privateKey))
        : account.import(privateKey),
    );
  }

  /**
   * Takes a private key as the account's, and no other's: `Account.import`. @throws as it does
   */
  importOwn(privateKey: string): Promise<Address> {
    return this.#add('', 'imported', () => this.#parts.account.import(privateKey));
  }

  /** Takes the key of a backup as the account's, and no other's: `Account.restore`. @throws as it does */
  restoreOwn(backup: string, passphrase: string): Promise<Address> {
    return this.#add('', 'imported', () => this.#parts.account.restore(backup, passphrase));
  }

  /** Takes the key of a backup, which by that is known to be one. @throws AppError `backup_*`; as `import` */
  restore(backup: string, passphrase: string, name = ''): Promise<Address> {
    const { account } = this.#parts;
    return this.#add(name, 'imported', async () =>
      account.state.state === 'ready'
        ? account.keepBeside(await openBackup(backup, passphrase))
        : account.restore(backup, passphrase),
    );
  }

  /**
   * Opens a backup to see that it is of a key, so that the key counts as one that can be brought back.
   * @throws AppError `backup_*`, `backup_other_key`, `not_found`
   */
  async checkBackup(address: string, backup: string, passphrase: string): Promise<void> {
    const key = this.required(address);
    await this.#keptAs(key.address, await openBackup(backup, passphrase));
  }

  /**
   * Takes a private key as it was written down, to see that it is the key's, which then counts as `checkBackup` says.
   * @throws AppError `invalid_private_key`, `backup_other_key`, `not_found`
   */
  async checkWritten(address: string, privateKey: string): Promise<void> {
    const key = this.required(address);
    await this.#keptAs(key.address, parsePrivateKey(privateKey));
  }

  /** @param privateKey what was kept of the key; it is wiped */
  async #keptAs(address: Address, privateKey: Uint8Array): Promise<void> {
    const found = addressFromPublicKey(publicKeyOf(privateKey));
    privateKey.fill(0);
    if (found !== address)
      throw new AppError('backup_other_key', `This is another key: the one of ${found}.`, {
        remedy: 'fix_input',
        params: { address: found },
      });
    await this.#change(address, { keptAtMs: this.#parts.now() });
  }

  /** @throws AppError `not_found`, `disk_*` */
  async rename(address: string, name: string): Promise<void> {
    await this.#change(this.required(address).address, { name: name.trim() });
  }

  /** Makes another of the keys the account's. @throws AppError `not_found`, `key_missing`, `keychain_*` */
  use(address: string): Promise<void> {
    return this.#lock.run(async () => {
      // Both stay listed, whichever of them the list did not have yet.
      await this.#write(this.keys);
      await this.#parts.account.use(this.required(address).address);
    });
  }

  /**
   * Lets go of a key for good: the vault no longer has it. The one in use can be let go of only as the last.
   * @throws AppError `not_found`, `key_in_use`, `keychain_*`
   */
  forget(address: string): Promise<void> {
    return this.#lock.run(() => this.#forget(address));
  }

  async #forget(address: string): Promise<void> {
    const { account } = this.#parts;
    const key = this.required(address);
    const isInUse = key.address === account.state.address;
    if (isInUse && this.keys.length > 1)
      throw new AppError('key_in_use', 'This key is in use. Use another one before this one is removed.', {
        remedy: 'fix_input',
      });
    await account.forget(key.address);
    await this.#write(this.#listed().filter((other) => other.address !== key.address));
  }

  /** A key of this profile. @throws AppError `not_found` */
  required(address: string): OwnKey {
    const key = this.find(address);
    if (key !== null) return key;
    throw new AppError('not_found', `This profile has no key of ${address}.`, { remedy: 'fix_input' });
  }

  #add(name: string, origin: OwnKey['origin'], keep: () => Promise<Address>): Promise<Address> {
    return this.#lock.run(() => this.#addOne(name, origin, keep));
  }

  async #addOne(name: string, origin: OwnKey['origin'], keep: () => Promise<Address>): Promise<Address> {
    const before = this.keys;
    // Whatever the list, a profile without its key gets it back.
    if (this.#parts.account.state.state === 'ready' && before.length >= MOST_KEYS)
      throw new AppError('key_limit', `A profile has at most ${MOST_KEYS} keys. Remove one first.`, {
        remedy: 'fix_input',
        params: { most: MOST_KEYS },
      });
    const address = await keep();
    // A key that was there is brought back; what is known of it stays.
    const known = before.find((key) => key.address === address);
    const added: OwnKey = {
      keptAtMs: null,
      ...known,
      address,
      name: name.trim() || (known?.name ?? ''),
      origin,
    };
    await this.#write([...before.filter((key) => key.address !== address), added]);
    return address;
  }

  #change(address: Address, change: Partial<Pick<OwnKey, 'name' | 'keptAtMs'>>): Promise<void> {
    return this.#lock.run(() =>
      this.#write(this.keys.map((key) => (key.address === address ? { ...key, ...change } : key))),
    );
  }

  #listed(): readonly OwnKey[] {
    this.#keys ??= this.#read();
    return this.#keys;
  }

  /** What the database has, or else the file: either may be lost. */
  #read(): readonly OwnKey[] {
    return this.#parts.settings.get(SETTING, keysSchema) ?? this.#readFile();
  }

  #readFile(): readonly OwnKey[] {
    try {
      const text = readIfThere(this.#file);
      return text === null ? [] : keysSchema.parse(JSON.parse(text));
    } catch {
      // The list is a help; the key in use is known without it.
      return [];
    }
  }

  async #write(keys: readonly OwnKey[]): Promise<void> {
    const { settings, folder, onChange } = this.#parts;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw mapDiskError(error, folder);
    }
    await writeFileAtomic(this.#file, `${JSON.stringify(keys, null, 2)}\n`, 0o600);
    settings.set(SETTING, keys);
    this.#keys = keys;
    onChange();
  }

  get #file(): string {
    return join(this.#parts.folder, 'keys.json');
  }
}
