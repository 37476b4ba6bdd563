import type { Address } from '../../src-shared/chain/address';
import type { TaskRecord } from './task-record';

/** A task in a block that holds the highest nonce there is. */
export type HighestNonce = { readonly id: number; readonly nonce: bigint };

/** Reads the highest nonce of an account in a chapter's blocks, or null. */
export type NonceReader = (chapter: number, account: Address) => HighestNonce | null;

type Known = {
  readonly chapter: number;
  readonly account: Address;
  revision: number;
  highest: HighestNonce | null;
};

/** The highest nonce in blocks of the newest account that was asked for, read once and brought up to each change. */
export class ConfirmedNonces {
  readonly #read: NonceReader;
  readonly #revision: () => number;
  #known: Known | null = null;

  /** @param revision another number once what is read may be other than it was */
  constructor(read: NonceReader, revision: () => number) {
    this.#read = read;
    this.#revision = revision;
  }

  /** Null where none of its tasks is in a block. */
  highest(chapter: number, account: Address): bigint | null {
    let known = this.#known;
    const isKnown =
      known?.chapter === chapter && known.account === account && known.revision === this.#revision();
    if (known === null || !isKnown) {
      const highest = this.#read(chapter, account);
      // Afterwards: what is damaged was set aside by the reading.
      known = { chapter, account, revision: this.#revision(), highest };
      this.#known = known;
    }
    return known.highest?.nonce ?? null;
  }

  /** A task was changed, and nothing else since `before`. */
  keep(record: TaskRecord, before: number): void {
    const known = this.#known;
    if (known?.revision !== before) return;
    const { id, accountNonce: nonce, state } = record;
    const isTheirs = record.chapter === known.chapter && record.account === known.account;
    const isInBlock = state === 'confirmed' || state === 'proved';
    const { highest } = known;
    if (isTheirs && isInBlock && nonce !== null && nonce >= (highest?.nonce ?? 0n))
      known.highest = { id, nonce };
    else if (id === highest?.id) {
      // Which one is next, only the journal can tell.
      this.#known = null;
      return;
    }
    known.revision = this.#revision();
  }
}
