import type { Vault } from '../../../src-main/keys/secret-vault';
import { addressFromPublicKey } from '../../../src-shared/chain/address';
import { publicKeyOf } from '../../../src-shared/chain/key';
import { AppError } from '../../../src-shared/errors';

/** Keys in this process's memory, which outlives a core as a keychain does. */
export class MemoryVault implements Vault {
  readonly kind = 'keychain';
  readonly waiting = false;
  readonly #keys = new Map<string, Uint8Array>();
  readonly #texts = new Map<string, string>();
  locked = false;

  /** A vault that has a key already, as a keychain has after a crash. */
  static holding(privateKey: Uint8Array): MemoryVault {
    const vault = new MemoryVault();
    vault.#keys.set(addressFromPublicKey(publicKeyOf(privateKey)), Uint8Array.from(privateKey));
    return vault;
  }

  /** The addresses it has keys of. */
  get addresses(): string[] {
    return [...this.#keys.keys()];
  }

  /** Loses its keys, as a keychain that somebody cleared. */
  clear(): void {
    this.#keys.clear();
  }

  async read(address: string): Promise<Uint8Array | null> {
    if (this.locked) throw new AppError('keychain_locked', 'locked');
    const key = this.#keys.get(address);
    return key === undefined ? null : Uint8Array.from(key);
  }

  async write(address: string, key: Uint8Array): Promise<void> {
    this.#keys.set(address, Uint8Array.from(key));
  }

  async forget(address: string): Promise<void> {
    this.#keys.delete(address);
  }

  async readText(name: string): Promise<string | null> {
    if (this.locked) throw new AppError('keychain_locked', 'locked');
    return this.#texts.get(name) ?? null;
  }

  async writeText(name: string, text: string): Promise<void> {
    this.#texts.set(name, text);
  }

  async forgetText(name: string): Promise<void> {
    this.#texts.delete(name);
  }
}
