import { type Address, addressFromPublicKey } from '../../src-shared/chain/address';
import { parsePrivateKey, publicKeyOf } from '../../src-shared/chain/key';
import { AppError, type ErrorReport, isOfFamily, toErrorReport } from '../../src-shared/errors';
import { openBackup, writeBackup } from './key-backup';
import type { KeyVault } from './key-vault';
import type { KnownAddress } from './known-address';
import { newPrivateKey } from './new-private-key';

const PROBE = 'probe';

/** What is known of this profile's key. `missing`: its address is known, the vault has no key for it. */
export type AccountState =
  | { readonly state: 'loading' | 'none'; readonly address: null; readonly error: null }
  | { readonly state: 'ready'; readonly address: Address; readonly error: null }
  | { readonly state: 'missing'; readonly address: Address; readonly error: ErrorReport }
  | { readonly state: 'unavailable'; readonly address: Address | null; readonly error: ErrorReport };

/**
 * This profile's one account. The private key is read from the vault for each use and wiped after it; a known address
 * is never given a new key silently.
 */
export class Account {
  readonly #known: KnownAddress;
  readonly #openVault: () => Promise<KeyVault>;
  readonly #onChange: () => void;
  #vault: KeyVault | null = null;
  #state: AccountState = { state: 'loading', address: null, error: null };

  /** @param onChange told whenever `state` is another one */
  constructor(known: KnownAddress, openVault: () => Promise<KeyVault>, onChange = () => {}) {
    this.#known = known;
    this.#openVault = openVault;
    this.#onChange = onChange;
  }

  get state(): AccountState {
    return this.#state;
  }

  get storedIn(): 'keychain' | 'file' | null {
    return this.#vault?.kind ?? null;
  }

  /** Whether the vault has not answered a call yet. */
  get vaultWaits(): boolean {
    return this.#vault?.waiting ?? false;
  }

  /** Looks for the known address's key; the outcome is in `state`, nothing is thrown. */
  async load(): Promise<void> {
    let address: Address | null = null;
    try {
      address = await this.#known.read();
      const vault = await this.#open();
      if (address === null) {
        // Whether the vault can be used at all is better known before a key is made for it.
        await vault.read(PROBE);
        this.#become({ state: 'none', address, error: null });
        return;
      }
      const key = await vault.read(address);
      if (key === null) throw missing(address);
      key.fill(0);
      this.#become({ state: 'ready', address, error: null });
    } catch (error) {
      const report = toErrorReport(error);
      if (report.code === 'key_missing' && address !== null)
        this.#become({ state: 'missing', address, error: report });
      else this.#become({ state: 'unavailable', address, error: report });
    }
  }

  /** Asks the vault something. @returns which kind it is @throws AppError `keychain_*`, `passphrase_*` */
  async probe(): Promise<KeyVault['kind']> {
    const vault = await this.#open();
    await vault.read(PROBE);
    return vault.kind;
  }

  /** Whether the account's key is the one of its address. @throws as `withPrivateKey` */
  isWhole(): Promise<boolean> {
    return this.withPrivateKey((key, address) => addressFromPublicKey(publicKeyOf(key)) === address);
  }

  /** Makes a new key. @throws AppError `key_exists`, `keychain_*` */
  async create(): Promise<Address> {
    if ((await this.#known.read()) !== null) throw exists();
    return this.#keep(newPrivateKey(), null);
  }

  /**
   * Makes a new key in the place of one that is lost, because a person says that it is: its address stays known, but is
   * no longer this profile's. What is there of the old key stays where it is.
   * @param lost the address that is given up; null where what was known of it is damaged
   * @throws AppError `key_exists` where it is not this profile's, or its key is there after all; `keychain_*`
   */
  async replace(lost: string | null): Promise<Address> {
    const known = await this.#knownUnlessDamaged();
    const vault = await this.#open();
    if (known !== lost) throw exists();
    if (known === null) {
      if (!(await this.#known.keepDamaged())) throw exists();
    } else {
      const key = await keyUnlessSpoilt(vault, known);
      key?.fill(0);
      if (key !== null) {
        await this.load();
        throw exists();
      }
      await this.#known.keepFormer(known);
    }
    return this.#keep(newPrivateKey(), null);
  }

  /**
   * Takes a private key as 64 hex characters. Where an address is known already, only that address's key is taken;
   * where what was known of it is damaged, this is the way back.
   * @throws AppError `invalid_private_key`, `key_exists`, `keychain_*`
   */
  async import(privateKeyHex: string): Promise<Address> {
    return this.#keep(parsePrivateKey(privateKeyHex), await this.#knownUnlessDamaged());
  }

  /**
   * A backup of a key, sealed with a passphrase: the text of its file.
   * @param address whose key, where it is not the account's own
   * @throws as `withPrivateKey`
   */
  async backUp(passphrase: string, address = this.#state.address): Promise<string> {
    return this.withPrivateKey(async (key, of) => writeBackup(of, key, passphrase), address);
  }

  /**
   * Keeps a key beside the account's own, which stays the one in use; wipes it.
   * @throws AppError `keychain_*`
   */
  async keepBeside(privateKey: Uint8Array): Promise<Address> {
    try {
      const address = addressFromPublicKey(publicKeyOf(privateKey));
      const vault = await this.#open();
      await vault.write(address, privateKey);
      return address;
    } finally {
      privateKey.fill(0);
    }
  }

  /** Makes a key of the vault the account's. @throws AppError `key_missing`, `keychain_*`: then all stays as it was */
  async use(address: Address): Promise<void> {
    await this.withPrivateKey(() => undefined, address);
    await this.#known.write(address);
    this.#become({ state: 'ready', address, error: null });
  }

  /** Lets go of a key; without its own the account has none. @throws AppError `keychain_*`, `disk_*` */
  async forget(address: Address): Promise<void> {
    const vault = await this.#open();
    await this.#known.keepFormer(address);
    await vault.forget(address);
    if (address !== this.#state.address) return;
    await this.#known.forget();
    this.#become({ state: 'none', address: null, error: null });
  }

  /** Takes the key of a backup, as `import` takes one. @throws AppError `backup_*`, `key_exists`, `keychain_*` */
  async restore(backup: string, passphrase: string): Promise<Address> {
    const known = await this.#knownUnlessDamaged();
    return this.#keep(await openBackup(backup, passphrase), known);
  }

  /**
   * Lends the private key to `use` and wipes it.
   * @param address whose key, where it is not the account's own
   * @throws AppError `key_missing`, `keychain_*`, `passphrase_*`
   */
  async withPrivateKey<T>(
    use: (privateKey: Uint8Array, address: Address) => T | Promise<T>,
    address = this.#state.address,
  ): Promise<T> {
    if (address === null) {
      throw new AppError('key_missing', 'There is no key yet: create one or import one.', {
        remedy: 'import_key',
      });
    }
    const vault = await this.#open();
    const key = await vault.read(address);
    if (key === null) throw missing(address);
    try {
      return await use(key, address);
    } finally {
      key.fill(0);
    }
  }

  async #keep(privateKey: Uint8Array, known: Address | null): Promise<Address> {
    try {
      const address = addressFromPublicKey(publicKeyOf(privateKey));
      if (known !== null && known !== address) throw exists();
      const vault = await this.#open();
      await vault.write(address, privateKey);
      await this.#known.write(address);
      this.#become({ state: 'ready', address, error: null });
      return address;
    } catch (error) {
      const report = toErrorReport(error);
      if (isOfFamily(error, 'keychain', 'vault')) {
        this.#become({ state: 'unavailable', address: this.#state.address, error: report });
      }
      throw error;
    } finally {
      privateKey.fill(0);
    }
  }

  async #knownUnlessDamaged(): Promise<Address | null> {
    try {
      return await this.#known.read();
    } catch (error) {
      if (toErrorReport(error).code === 'address_corrupt') return null;
      throw error;
    }
  }

  #become(state: AccountState): void {
    this.#state = state;
    this.#onChange();
  }

  async #open(): Promise<KeyVault> {
    this.#vault ??= await this.#openVault();
    return this.#vault;
  }
}

/** What can't be opened is as good as lost to whoever says that it is; a vault that does not answer says nothing. */
async function keyUnlessSpoilt(vault: KeyVault, address: Address): Promise<Uint8Array | null> {
  try {
    return await vault.read(address);
  } catch (error) {
    if (isOfFamily(error, 'vault')) return null;
    throw error;
  }
}

function missing(address: string): AppError {
  return new AppError(
    'key_missing',
    `The key of ${address} is not in the vault. Import that key; a new one is never made in its place.`,
    { remedy: 'import_key', params: { address } },
  );
}

function exists(): AppError {
  return new AppError('key_exists', 'This profile has an account already, and this key is not its key.', {
    remedy: 'fix_input',
  });
}
