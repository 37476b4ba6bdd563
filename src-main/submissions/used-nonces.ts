import type { Address } from '../../src-shared/chain/address';
import type { VerifiedBlock } from '../chain/block-verifier';

type Used = { readonly height: number; readonly account: string; readonly nonce: bigint };

// What is further back was used by blocks that no node is still behind.
const REMEMBERED = 256;

/**
 * Which nonces of the profile's accounts followed blocks used, whoever signed for them: another program with the same key
 * uses some too, and nothing that is signed for one of those can ever be in a block.
 */
export class UsedNonces {
  #used: Used[] = [];

  /** Takes in a verified block. @param accounts the profile's own */
  take({ block: { header, txs } }: VerifiedBlock, accounts: readonly Address[]): void {
    const own: readonly string[] = accounts;
    for (const { from, nonce } of txs)
      if (own.includes(from)) this.#used.push({ height: header.height, account: from, nonce });
    this.#used = this.#used.slice(-REMEMBERED);
  }

  /** The chain no longer has the blocks from this height on. */
  forgetFrom(height: number): void {
    this.#used = this.#used.filter((used) => used.height < height);
  }

  /** The highest of an account's, or null where no block showed one. */
  highest(account: Address): bigint | null {
    return this.#used
      .filter((used) => used.account === account)
      .reduce<bigint | null>((most, { nonce }) => (most === null || nonce > most ? nonce : most), null);
  }
}
