/** Where private keys rest. Each key is known by its address; values are 32 bytes the caller must wipe. */
export type KeyVault = {
  readonly kind: 'keychain' | 'file';
  /** Whether a call is not answered yet and may never be, as where a password is waited for. */
  readonly waiting: boolean;
  /** The key, or null where the vault answers but holds none. @throws AppError `keychain_*`, `passphrase_*`, `vault_corrupt` */
  read(address: string): Promise<Uint8Array | null>;
  /** Keeps a key; reads it back before it counts as kept. @throws as `read` */
  write(address: string, privateKey: Uint8Array): Promise<void>;
  /** Lets go of a key, where there is one. @throws as `read` */
  forget(address: string): Promise<void>;
};
