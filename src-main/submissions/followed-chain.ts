import { MEMPOOL } from '../../src-shared/chain/limits';
import { NETWORKS } from '../../src-shared/chain/network';
import { AppError } from '../../src-shared/errors';
import type { BlockVerifier } from '../chain/block-verifier';
import type { Tip } from '../chain/head-state';
import type { Chapter, Chapters, FollowedBlock } from '../storage/chapters';
import type { Journal } from './journal';

type Parts = {
  readonly verifier: BlockVerifier;
  readonly journal: Journal;
  readonly chapters: Chapters;
};

/** What the trail tells as it goes along. */
export type FollowedChainEvents = {
  /** The chain no longer has the blocks from this height on; within a commit. */
  onRollback(fromHeight: number): void;
  /** Every verified block, in order, without a gap; within a commit. */
  onBlock(tip: Tip): void;
};

/** As long as a mempool keeps a transaction, on the network with the shortest slots: older blocks are asked for one by one. */
export const MOST_BLOCKS_BACK = MEMPOOL.timeToLiveMs / 1000 / NETWORKS.devnet.blockTimeSeconds;
const REMEMBERED_BLOCKS = 1024;

/**
 * The blocks that the journal has been held against, without a gap: what a node says of a transaction can be wrong or
 * out of date, what a chain of verified blocks holds is not. Finds where the chain parted from what was known.
 */
export class FollowedChain {
  readonly #parts: Parts;
  #chapter: number | null = null;
  #blocks: FollowedBlock[] = [];
  /** What was read so far of a branch that is to take the place of blocks known here, lowest first. */
  #branch: Tip[] = [];
  #coveredFrom = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The hash of the block at a height, or undefined where the trail does not have it. */
  hashAt(height: number): string | undefined {
    const first = this.#blocks[0]?.height ?? 0;
    return this.#blocks[height - first]?.hash;
  }

  /** Whether every block after this height has been taken. */
  coversAfter(height: number): boolean {
    return height + 1 >= this.#coveredFrom;
  }

  /**
   * Brings the trail to a verified tip: takes back what the chain no longer has, then takes in every block since.
   * @throws AppError `node_*`, `block_invalid`; what was taken stays taken, and the next call goes on from there
   */
  async follow(tip: Tip, chapter: Chapter, events: FollowedChainEvents): Promise<void> {
    if (this.#chapter !== chapter.id) {
      this.#chapter = chapter.id;
      this.#blocks = [];
      this.#branch = [];
    }
    const { height, prevHash } = tip.block.header;
    const last = this.#blocks.at(-1);
    if (last?.height === height && last.hash === tip.hash) return;
    if (last === undefined || last.height !== height - 1 || last.hash !== prevHash) {
      await this.#reach(tip, chapter, events);
    }
    this.#add(tip, chapter, events);
  }

  /** Goes from the last block that both know to the one before the tip. */
  async #reach(tip: Tip, chapter: Chapter, events: FollowedChainEvents): Promise<void> {
    const { height } = tip.block.header;
    const shared = await this.#parting(tip, chapter);
    const sharedHeight = shared?.height ?? -1;
    this.#rollBack(shared, chapter, events);
    this.#blocks = this.#blocks.filter((block) => block.height <= sharedHeight);
    const read = new Map(this.#branch.map((block) => [block.block.header.height, block]));
    this.#branch = [];
    const from = this.#blocks.length > 0 ? sharedHeight + 1 : this.#start(chapter, sharedHeight, height);
    for (let at = from; at < height; at++)
      this.#add(read.get(at) ?? (await this.#block(at, chapter)), chapter, events);
    const before = this.#blocks.at(-1);
    if (before?.height === height - 1 && before.hash !== tip.block.header.prevHash) throw parted(height);
  }

  /** The last block that both know; null where none is known here. */
  async #parting(tip: Tip, chapter: Chapter): Promise<FollowedBlock | null> {
    const highest = this.#known(Number.MAX_SAFE_INTEGER, chapter);
    if (highest === null) return null;
    const shared = await this.#shared(tip, chapter);
    // Where the tip itself is known, the chain is only shorter than it was.
    const branchesOff = shared.height < Math.min(highest.height, tip.block.header.height);
    return branchesOff ? this.#branchOff(shared, highest.height, tip, chapter) : shared;
  }

  /**
   * Reads the node's branch from a block that both know as far up as what is known here, before any of that is taken
   * back: single answers may be of another chain, or of a node that lags, behind the same address; blocks of which each
   * follows from the one before are a branch.
   * @returns the last block of it that is known here
   */
  async #branchOff(
    shared: FollowedBlock,
    highest: number,
    tip: Tip,
    chapter: Chapter,
  ): Promise<FollowedBlock> {
    const { height, prevHash } = tip.block.header;
    const last = Math.min(highest, height - 1);
    const first = Math.max(shared.height, last - MOST_BLOCKS_BACK) + 1;
    const begun = this.#branch[0]?.block.header;
    const goesOn = begun?.height === first && (first > shared.height + 1 || begun.prevHash === shared.hash);
    // A node that fails once in a while gets there all the same; what does not fit together is read anew.
    const branch = goesOn ? this.#branch : [];
    this.#branch = [];
    let before = branch.at(-1)?.hash ?? (first === shared.height + 1 ? shared.hash : undefined);
    for (let at = first + branch.length; at <= last; at++) {
      const block = await this.#read(at, chapter, before).catch((error: unknown) => {
        if (!isParted(error)) this.#branch = branch;
        throw error;
      });
      branch.push(block);
      before = block.hash;
    }
    if (last === height - 1 && before !== prevHash) throw parted(height);
    this.#branch = branch;
    const known = branch.findLast(
      ({ block, hash }) => this.#known(block.header.height, chapter)?.hash === hash,
    );
    return known === undefined ? shared : { height: known.block.header.height, hash: known.hash };
  }

  /** What was held against blocks that are gone is held against blocks anew, also where these come back after a start. */
  #rollBack(shared: FollowedBlock | null, chapter: Chapter, events: FollowedChainEvents): void {
    const { journal, chapters } = this.#parts;
    journal.inOneCommit(() => {
      events.onRollback((shared?.height ?? -1) + 1);
      const followed = chapters.followed(chapter.id);
      if (followed === null || followed.height <= (shared?.height ?? -1)) return;
      chapters.keepFollowed(chapter.id, shared && { ...shared, coveredFrom: followed.coveredFrom });
    });
  }

  /**
   * A known block that the chain still has, at the least its block 0. Goes twice as far back each time, as a chain
   * restored from an old copy is not to be walked block by block.
   * @throws AppError `block_invalid` where not even block 0 is this chain's: the node shows another one by now
   */
  async #shared(tip: Tip, chapter: Chapter): Promise<FollowedBlock> {
    const { height, prevHash } = tip.block.header;
    const isShared = async (known: FollowedBlock) => {
      if (known.height === height) return known.hash === tip.hash;
      if (known.height === height - 1) return known.hash === prevHash;
      return known.hash === (await this.#block(known.height, chapter)).hash;
    };
    let asked = height + 1;
    for (let next = height, step = 1; ; next = asked - step, step *= 2) {
      const known = this.#known(next, chapter);
      if (known === null) break;
      if (await isShared(known)) return known;
      asked = known.height;
    }
    const lowest = this.#lowestKnown(chapter);
    if (lowest !== null && lowest.height < asked && (await isShared(lowest))) return lowest;
    const genesis = { height: 0, hash: chapter.genesisHash };
    if (await isShared(genesis)) return genesis;
    throw parted(height);
  }

  /** The highest known block up to a height: of the trail, or the last one followed, or one that was mined on. */
  #known(height: number, chapter: Chapter): FollowedBlock | null {
    if (this.#blocks.length === 0) {
      const followed = this.#parts.chapters.followed(chapter.id);
      if (followed !== null && followed.height <= height) return followed;
    }
    const ofTrail = this.#blocks.findLast((block) => block.height <= height);
    return ofTrail ?? this.#parts.journal.minedBlockUpTo(chapter.id, height);
  }

  #lowestKnown(chapter: Chapter): FollowedBlock | null {
    const ofTrail = this.#blocks[0] ?? null;
    const mined = this.#parts.journal.lowestMinedBlock(chapter.id);
    if (ofTrail === null || mined === null) return ofTrail ?? mined;
    return ofTrail.height < mined.height ? ofTrail : mined;
  }

  /**
   * Where to begin after a start: after the last block that was followed, all before it included, or else where what
   * is under way began.
   */
  #start(chapter: Chapter, shared: number, height: number): number {
    const followed = this.#parts.chapters.followed(chapter.id);
    const goesOn = shared >= 0 && followed !== null && followed.height >= shared;
    const heights = this.#parts.journal.live(chapter.id).map(({ blockHeight }) => blockHeight + 1);
    const wanted = goesOn ? shared + 1 : Math.min(height, ...heights);
    const from = Math.max(wanted, height - MOST_BLOCKS_BACK, 0);
    this.#coveredFrom = goesOn && from === wanted ? Math.min(from, followed.coveredFrom) : from;
    return from;
  }

  #block(at: number, chapter: Chapter): Promise<Tip> {
    return this.#read(at, chapter, this.hashAt(at) === undefined ? this.hashAt(at - 1) : undefined);
  }

  /** @param prevHash the block it has to follow from @throws AppError `node_*`, `block_invalid` */
  async #read(at: number, { chainId }: Chapter, prevHash: string | undefined): Promise<Tip> {
    const expected = { chainId, ...(prevHash === undefined ? {} : { prevHash }) };
    const block = await this.#parts.verifier.at(at, expected);
    if (block === null || !block.verification.ok) throw parted(at);
    return block;
  }

  #add(tip: Tip, chapter: Chapter, events: FollowedChainEvents): void {
    const block = { height: tip.block.header.height, hash: tip.hash };
    // In the same commit: a start goes on from where the tasks are held against.
    this.#parts.journal.inOneCommit(() => {
      events.onBlock(tip);
      this.#parts.chapters.keepFollowed(chapter.id, { ...block, coveredFrom: this.#coveredFrom });
    }, 'unflushed');
    if (this.#blocks.at(-1)?.height !== block.height - 1) this.#blocks = [];
    this.#blocks.push(block);
    if (this.#blocks.length > REMEMBERED_BLOCKS) this.#blocks.shift();
  }
}

function isParted(error: unknown): boolean {
  return error instanceof AppError && error.code === 'block_invalid';
}

function parted(height: number): AppError {
  return new AppError(
    'block_invalid',
    `Block ${height} of this node does not follow from the blocks before it. It is asked for again.`,
    { remedy: 'wait', params: { height, failed: 'prev_hash' } },
  );
}
