import type { BlockVerifier, VerifiedBlock } from '../chain/block-verifier';
import type { Chapter } from '../storage/chapters';
import { MOST_BLOCKS_BACK } from './followed-chain';

// In which a transaction may come into a block after its task's: an hour until it is signed, where it is a job's; an hour
// of being sent again; an hour in a pool.
const MOST_BLOCKS_LATER = 3 * MOST_BLOCKS_BACK;
// At one look at the node, which has other work as well.
const AT_ONCE = 64;
// A block that is not there so many times, or does not add up, is taken to be served by nobody.
const MOST_TRIES = 5;

/**
 * The blocks below the trail that were looked at for transactions whose end is not known. While the app was closed for
 * long, one of its own may have come into a block that nothing here followed; that it did not is said by no answer of a
 * node alone, which may be of a replica, but by the blocks it could be in.
 */
export class LookedBack {
  readonly #verifier: BlockVerifier;
  #chapter: number | null = null;
  /** How often each block was asked for; `MOST_TRIES` where it was had. */
  readonly #tries = new Map<number, number>();

  constructor(verifier: BlockVerifier) {
    this.#verifier = verifier;
  }

  /**
   * Looks at some more of the blocks after a task's that the trail does not have.
   * @param covers whether the trail has every block after a height
   * @param take given each verified block, once
   * @returns whether all of them were looked at by now @throws AppError `node_*`; it goes on from there
   */
  async after(
    blockHeight: number,
    chapter: Chapter,
    covers: (height: number) => boolean,
    take: (block: VerifiedBlock) => void,
  ): Promise<boolean> {
    if (this.#chapter !== chapter.id) this.#tries.clear();
    this.#chapter = chapter.id;
    const end = blockHeight + MOST_BLOCKS_LATER;
    let left = AT_ONCE;
    for (let height = blockHeight + 1; height <= end && !covers(height - 1); height++) {
      const tries = this.#tries.get(height) ?? 0;
      if (tries >= MOST_TRIES) continue;
      if (left === 0) return false;
      left -= 1;
      const block = await this.#verifier.at(height, { chainId: chapter.chainId });
      const isThere = block?.verification.ok === true;
      this.#tries.set(height, isThere ? MOST_TRIES : tries + 1);
      if (isThere) take(block);
      else if (tries + 1 < MOST_TRIES) return false;
    }
    return true;
  }

  /** The chain no longer has the blocks from this height on. */
  forgetFrom(height: number): void {
    for (const known of this.#tries.keys()) if (known >= height) this.#tries.delete(known);
  }
}
