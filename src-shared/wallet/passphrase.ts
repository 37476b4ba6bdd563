/** Fewest characters of a passphrase that a new backup is sealed with. */
export const LEAST_PASSPHRASE = 8;
