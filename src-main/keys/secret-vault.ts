import type { KeyVault } from './key-vault';

/** Where short secret texts rest, such as a validator's token: beside the keys, and as well kept. */
export type SecretVault = {
  /** The text of a name, or null where the vault answers but holds none. @throws AppError `keychain_*`, `passphrase_*`, `vault_corrupt` */
  readText(name: string): Promise<string | null>;
  /** Keeps a text in the place of what there was; reads it back before it counts as kept. @throws as `readText` */
  writeText(name: string, text: string): Promise<void>;
  /** Lets go of a text, where there is one. @throws as `readText` */
  forgetText(name: string): Promise<void>;
};

/** Where everything secret of a profile rests. */
export type Vault = KeyVault & SecretVault;
