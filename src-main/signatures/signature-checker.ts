import { isSigned, type Signing, type TxHash } from '../../src-shared/chain/transaction';
import { HelperThread } from '../async/helper-thread';
import type { Clock } from '../clock/clock';

/** To the thread: what is signed, by whom. */
export type SignaturesToCheck = { readonly signings: readonly Signing[]; readonly hashes: readonly TxHash[] };

/** Checks who signed a block's transactions. */
export type SignatureChecker = {
  /** How many transactions are signed by their senders. @param hashes theirs, in the same order */
  countValid(signings: readonly Signing[], hashes: readonly TxHash[]): Promise<number>;
};

/** Checks in this very thread. */
export const checkerHere: SignatureChecker = {
  countValid: async (signings, hashes) => countSigned({ signings, hashes }),
};

/** How many of them are signed by their senders. */
export function countSigned({ signings, hashes }: SignaturesToCheck): number {
  return signings.filter((signing, index) => {
    const hash = hashes[index];
    return hash !== undefined && isSigned(signing, hash);
  }).length;
}

// Some two milliseconds; a thread would take its share of memory for less than that.
const FEW = 8;

/** Checks many in a thread of its own, so that main goes on meanwhile, and few here. */
export class ThreadChecker implements SignatureChecker {
  readonly #thread: HelperThread<SignaturesToCheck, number>;

  /** @param program the thread's script (`signature-thread.ts`, built) */
  constructor(program: string, clock: Pick<Clock, 'after'>) {
    this.#thread = new HelperThread(program, clock);
  }

  async countValid(signings: readonly Signing[], hashes: readonly TxHash[]): Promise<number> {
    if (signings.length <= FEW) return countSigned({ signings, hashes });
    // Without what was signed, which its hash stands for.
    const bare = signings.map(({ from, publicKey, signature }) => ({ from, publicKey, signature }));
    try {
      return await this.#thread.ask({ signings: bare, hashes });
    } catch {
      // Whatever became of the thread says nothing of the block.
      return countSigned({ signings, hashes });
    }
  }

  close(): void {
    this.#thread.close();
  }
}
