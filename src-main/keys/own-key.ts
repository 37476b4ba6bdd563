import type { Address } from '../../src-shared/chain/address';

/** What is known of one of the profile's keys; the key itself rests in the vault. */
export type OwnKey = {
  readonly address: Address;
  /** Given by the person; may be empty. */
  readonly name: string;
  /** An imported one exists elsewhere, too. */
  readonly origin: 'created' | 'imported';
  /** When a backup of it was opened here, ms since the epoch; null where none was. */
  readonly keptAtMs: number | null;
};

/** More than anybody uses by hand. */
export const MOST_KEYS = 32;
/** As many as are read back. */
export const MOST_LISTED = 1000;

/** Whether a key could be brought back: it came from elsewhere, or a backup of it was opened here. */
export function isKept({ origin, keptAtMs }: OwnKey): boolean {
  return origin === 'imported' || keptAtMs !== null;
}
