import { z } from 'zod';
import type { SettingsStore } from '../storage/settings-store';
import type { SecretVault } from './secret-vault';
import { parseToken } from './token';

const HOLDERS = 'validators.withToken';
const MOST_HOLDERS = 1000;

type Parts = {
  readonly settings: SettingsStore;
  readonly openVault: () => Promise<SecretVault>;
  /** A token for this run alone, which is never kept; null for none. */
  readonly forRun: { readonly validator: string; readonly token: string } | null;
  /** Told after another token was kept, or one was forgotten. */
  readonly onChange: (validator: string) => void;
};

/**
 * The tokens that validators want to see, each for one validator's address. They rest in the vault alone; the database
 * only knows for which validators there is one, so that the vault is not asked for what it does not have.
 */
export class ValidatorTokens {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether there is a token for a validator: kept, or given for this run. */
  of(validator: string): 'kept' | 'given' | null {
    if (this.#parts.forRun?.validator === validator) return 'given';
    return this.#holders().includes(validator) ? 'kept' : null;
  }

  /** The token, or null. @throws AppError `keychain_*`, `passphrase_*`, `vault_corrupt` */
  async read(validator: string): Promise<string | null> {
    const { forRun, openVault } = this.#parts;
    if (forRun?.validator === validator) return forRun.token;
    if (this.of(validator) === null) return null;
    const token = await (await openVault()).readText(nameOf(validator));
    if (token === null) this.#mark(validator, false);
    return token;
  }

  /** Keeps a token as it was typed, in the place of the one before. @throws AppError `invalid_token`; as `read` */
  async keep(validator: string, typed: string): Promise<void> {
    const token = parseToken(typed);
    await (await this.#parts.openVault()).writeText(nameOf(validator), token);
    this.#mark(validator, true);
    this.#parts.onChange(validator);
  }

  /** Lets go of a validator's token. @throws as `read` */
  async forget(validator: string): Promise<void> {
    await (await this.#parts.openVault()).forgetText(nameOf(validator));
    this.#mark(validator, false);
    this.#parts.onChange(validator);
  }

  #holders(): readonly string[] {
    return this.#parts.settings.get(HOLDERS, z.array(z.string()).max(MOST_HOLDERS)) ?? [];
  }

  #mark(validator: string, holds: boolean): void {
    const others = this.#holders().filter((other) => other !== validator);
    const marked = holds ? [...others, validator].slice(-MOST_HOLDERS) : others;
    this.#parts.settings.set(HOLDERS, marked);
  }
}

function nameOf(validator: string): string {
  return `token of ${validator}`;
}
