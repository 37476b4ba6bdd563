import type { Address } from '../../src-shared/chain/address';
import type { Network } from '../../src-shared/chain/network';
import type { ErrorCode } from '../../src-shared/error-codes';
import { AppError, fromErrorReport, toErrorReport } from '../../src-shared/errors';
import { Lock } from '../async/lock';
import type { BlockVerifier } from '../chain/block-verifier';
import type { Binding } from '../chain/chain-binding';
import type { HeadState, Tip } from '../chain/head-state';
import type { NodeClient } from '../chain/node-client';
import type { WallJumps } from '../clock/wall-jumps';
import type { Account } from '../keys/account';
import type { Chapter, Chapters } from '../storage/chapters';
import type { AccountActivity } from './account-activity';
import type { FeeCeiling } from './fee-ceiling';
import { FollowedChain } from './followed-chain';
import type { Journal } from './journal';
import { Reconciler } from './reconciler';
import { type HandOrder, Sender } from './sender';
import { alreadyTaken, TakenTasks } from './taken-tasks';
import type { TaskRecord } from './task-record';
import { UsedNonces } from './used-nonces';

type Parts = {
  readonly node: NodeClient;
  readonly verifier: BlockVerifier;
  readonly journal: Journal;
  readonly chapters: Chapters;
  readonly account: Account;
  /** The profile's own, whose transactions are looked for in blocks. */
  readonly addresses: () => readonly Address[];
  readonly ceiling: FeeCeiling;
  readonly activity: AccountActivity;
  /** What the node's chain is known to be. */
  readonly head: () => Pick<HeadState, 'binding' | 'tip' | 'behind' | 'mayBeOld' | 'error' | 'retryAtMs'>;
  readonly now: () => number;
  readonly jumps: WallJumps;
};

/** A result is sent only while its block is at most so many blocks behind the tip. */
export const FRESH_BLOCKS = 3;
/** The same of a validator's job, which is of no block: an hour of 5 s slots. */
const FRESH_BLOCKS_OF_JOB = 720;

/** What a result waits for until it is too old, and nobody has to do anything. */
const WAITS: ReadonlySet<ErrorCode> = new Set([
  'fee_ceiling_reached',
  'tx_queue_stuck',
  'tx_nonce_held',
  'key_busy_elsewhere',
]);

/** Everything that touches the account's transactions, one piece at a time. */
export class Submissions {
  readonly #head: Parts['head'];
  readonly #account: Account;
  readonly #journal: Journal;
  readonly #sender: Sender;
  readonly #reconciler: Reconciler;
  readonly #followed: FollowedChain;
  readonly #verifier: BlockVerifier;
  readonly #activity: AccountActivity;
  readonly #addresses: () => readonly Address[];
  readonly #jumps: WallJumps;
  #taken = new TakenTasks();
  #used = new UsedNonces();
  readonly #lock = new Lock();
  #recovered: number | null = null;
  /** The chapter whose blocks `#taken` and `#used` are of. */
  #begun: number | null = null;

  constructor(parts: Parts) {
    this.#head = parts.head;
    this.#account = parts.account;
    this.#journal = parts.journal;
    this.#sender = new Sender({ ...parts, usedUpTo: (account) => this.#used.highest(account) });
    this.#reconciler = new Reconciler({
      ...parts,
      sender: this.#sender,
      isUpToDate: () => this.#isUpToDate(),
    });
    this.#followed = new FollowedChain(parts);
    this.#verifier = parts.verifier;
    this.#activity = parts.activity;
    this.#addresses = parts.addresses;
    this.#jumps = parts.jumps;
  }

  /**
   * Submits a computed result, or abandons it where its block has grown stale meanwhile. Before everything unfinished
   * has been brought on, and where the node is behind or shows another chain, it waits. @throws as `Sender.submit`
   */
  submit(computed: TaskRecord): Promise<TaskRecord> {
    return this.#lock.run(async () => {
      // A block that came meanwhile may have taken the task along already.
      const task = this.#journal.byTaskId(computed.taskId, computed.chapter) ?? computed;
      const { binding, tip } = this.#head();
      if (task.state !== 'computed' || this.#recovered !== task.chapter) return task;
      if (binding?.chapter.id !== task.chapter || !this.#isFollowing()) return task;
      return this.#send(task, binding.network, this.#newestHeight(tip), () => this.#isFollowing());
    });
  }

  /**
   * Signs and sends what a person sends themselves, once. What goes wrong is theirs to hear of: nothing is tried again
   * but the sending of the same bytes.
   * @throws AppError `not_ready`, `task_known`, `task_already_done`, `tx_queue_stuck`; as `Sender.submitByHand`
   */
  submitByHand(order: HandOrder): Promise<TaskRecord> {
    return this.#lock.run(async () => {
      const { binding, behind, error } = this.#head();
      if (error !== null) throw fromErrorReport(error);
      if (binding?.chapter.id !== order.chapter || this.#recovered !== order.chapter || behind > 0)
        throw notReady();
      if (order.transfer === null) {
        const takenAt = this.takenAt(order);
        if (takenAt !== null) throw alreadyTaken(takenAt);
      }
      if (this.#reconciler.queueIsStuck) throw queueStuck();
      const sent = await this.#sender.submitByHand(order, binding.network);
      if (sent === null) throw knownAlready();
      return sent;
    });
  }

  /**
   * Brings the journal to a verified block: confirms and proves what the chain holds, asks about what is overdue, sends
   * what waits. The first time for a chapter, as after a start, it brings every unfinished task on, whatever it was in
   * the middle of. Planned tasks are their source's.
   * @param isLast false where a newer block waits already: then this one is read alone
   * @throws AppError `node_*`, `block_invalid`, `keychain_*`; what was not reached is done at the next call
   */
  takeBlock(tip: Tip, { chapter, network }: Binding, blockTimeMs: number, isLast = true): Promise<void> {
    return this.#lock.run(async () => {
      const first = this.#recovered !== chapter.id;
      if (first) {
        // Unless this one gets to its end, whichever chapter comes next begins anew.
        this.#recovered = null;
        this.#begin(chapter);
      }
      await this.#followed.follow(tip, chapter, {
        onRollback: (fromHeight) => {
          this.#taken.forgetFrom(fromHeight);
          this.#used.forgetFrom(fromHeight);
          this.#reconciler.rollBack(chapter, fromHeight);
          this.#activity.rollBack(chapter.id, fromHeight);
        },
        onBlock: (block) => {
          this.#taken.take(block);
          this.#used.take(block, this.#addresses());
          this.#sender.blockTaken();
          this.#reconciler.takeBlock(block, chapter);
          this.#activity.takeBlock(block, chapter.id, this.#addresses());
        },
      });
      if (!isLast) return;
      await this.#reread(chapter, tip.block.header.height);
      await this.#resumeAll(chapter, this.#newestHeight(tip));
      const covers = (height: number) => this.#followed.coversAfter(height);
      await this.#reconciler.check(chapter, blockTimeMs, first, covers);
      this.#recovered = chapter.id;
      // By a chain that has gone on, what is fresh by these blocks is not.
      if (this.#head().behind === 0) await this.#again(chapter, network, tip);
    });
  }

  /**
   * A result of this account is being computed: its nonce is asked for meanwhile, so that the result need not wait for
   * it. Whatever comes of it, `submit` finds out.
   */
  prepare(account: Address): void {
    this.#sender.prepare(account);
  }

  /** The height of a block that holds a result of the account for a task, whoever sent it; null for none. */
  takenAt(task: Pick<TaskRecord, 'account' | 'taskId'>): number | null {
    return this.#taken.heightOf(task);
  }

  /** Whether nothing is wrong with the chain either: otherwise what is computed goes with the next block. */
  #isFollowing(): boolean {
    return this.#isUpToDate() && this.#head().error === null;
  }

  /** Whether the tip is the chain's as far as can be told, and the node is not left alone after a failure. */
  #isUpToDate(): boolean {
    // A machine that slept may not have noticed yet.
    this.#jumps.look();
    const { tip, behind, mayBeOld, retryAtMs } = this.#head();
    return tip !== null && behind === 0 && !mayBeOld && retryAtMs === null;
  }

  /** By a slow node others may have come since: what is fresh is so by the newest that is known, whichever is taken in. */
  #newestHeight(taken: Tip | null = null): number {
    const heightOf = (tip: Tip | null) => tip?.block.header.height ?? 0;
    return Math.max(heightOf(taken), heightOf(this.#head().tip));
  }

  #begin(chapter: Chapter): void {
    // What was taken in at a try that failed is not taken in again.
    if (this.#begun !== chapter.id) {
      this.#taken = new TakenTasks();
      this.#used = new UsedNonces();
      this.#begun = chapter.id;
    }
    this.#abandonEnded(chapter.id);
    this.#reconciler.revive(chapter);
  }

  /** After a start: what blocks hold that were taken before it and may be of tasks that are still to be sent. */
  async #reread(chapter: Chapter, tipHeight: number): Promise<void> {
    const missing = this.#taken.missing(Math.max(0, tipHeight - FRESH_BLOCKS + 1), tipHeight);
    if (missing.length === 0 || !this.#hasUnsent(chapter, tipHeight)) return;
    for (const height of missing) {
      const block = await this.#verifier.at(height, { chainId: chapter.chainId });
      if (block?.verification.ok !== true) continue;
      this.#taken.take(block);
      this.#used.take(block, this.#addresses());
    }
  }

  #hasUnsent(chapter: Chapter, tipHeight: number): boolean {
    const unsent = this.#journal
      .live(chapter.id)
      .some(({ state }) => ['planned', 'computed', 'reserved', 'signed'].includes(state));
    return unsent || this.#superseded(chapter, tipHeight).length > 0;
  }

  /** Brings on what a crash, or a disk that was full, left between two states: nothing else is between them here. */
  async #resumeAll(chapter: Chapter, tipHeight: number): Promise<void> {
    for (const task of this.#journal.live(chapter.id)) {
      // Without a signature there is nothing that could be alive: the nonce is free.
      if (task.state === 'reserved') this.#journal.move(task, 'computed', { accountNonce: null });
      if (task.state !== 'signed') continue;
      const takenAt = this.takenAt(task);
      if (takenAt !== null) this.#abandonTaken(task, takenAt);
      else if (this.#isOutdated(task, tipHeight)) this.#abandonStale(task, tipHeight);
      else await this.#sender.transmit(task);
    }
  }

  /** Results that are computed and waiting, or whose nonce another transaction took, go again while they are fresh. */
  async #again(chapter: Chapter, network: Network, tip: Tip): Promise<void> {
    const tipHeight = this.#newestHeight(tip);
    // What is of a block beyond what was taken in waits until there is one here: that may be another.
    const reached = tip.block.header.height;
    const isReached = ({ job, blockHeight }: TaskRecord) => job !== null || blockHeight <= reached;
    const waiting = this.#journal
      .live(chapter.id)
      .filter((task) => task.state === 'computed' && isReached(task));
    const superseded = this.#superseded(chapter, tipHeight)
      .filter(isReached)
      .filter((task) => !this.#isOutdated(task, tipHeight) && this.takenAt(task) === null)
      .map((task) => this.#journal.goAgain(task));
    for (const task of [...waiting, ...superseded]) {
      try {
        // That no block came for long is said until the look is over that brought this one.
        await this.#send(task, network, tipHeight, () => this.#isUpToDate());
      } catch (error) {
        // It waits for room below the ceiling, or behind others, or until it is too old.
        if (!(error instanceof AppError) || !WAITS.has(error.code)) throw error;
      }
    }
  }

  /** @param isUpToDate whether the tip is still the chain's */
  async #send(
    computed: TaskRecord,
    network: Network,
    tipHeight: number,
    isUpToDate: () => boolean,
  ): Promise<TaskRecord> {
    if (computed.resultHash === null || computed.proof === null) {
      this.#journal.setAside(computed, 'computed without a result');
      return computed;
    }
    if (computed.account !== this.#account.state.address) return this.#abandonOther(computed);
    const takenAt = this.takenAt(computed);
    if (takenAt !== null) return this.#abandonTaken(computed, takenAt);
    if (this.#isOutdated(computed, tipHeight)) return this.#abandonStale(computed, tipHeight);
    if (this.#reconciler.queueIsStuck) throw queueStuck();
    return this.#sender.submit(computed, network, {
      wants: (task) => isUpToDate() && !isStale(task, this.#newestHeight()) && this.#isOfChain(task),
      hasTaken: (height) => this.#followed.hashAt(height) !== undefined,
    });
  }

  #superseded({ id }: Chapter, tipHeight: number): TaskRecord[] {
    return this.#journal.supersededFrom(id, tipHeight - FRESH_BLOCKS, tipHeight - FRESH_BLOCKS_OF_JOB);
  }

  /** Whether a task's block is too far behind the tip, or no longer in the chain. */
  #isOutdated(task: TaskRecord, tipHeight: number): boolean {
    // A job is of no block: the tip it came with may be gone.
    const known = this.#followed.hashAt(task.blockHeight) ?? this.#taken.hashAt(task.blockHeight);
    const hash = task.job === null ? known : undefined;
    return isStale(task, tipHeight) || (hash !== undefined && hash !== task.blockHash);
  }

  /** Whether the head's chain has a task's block for certain; where that is not known here, not yet. */
  #isOfChain({ job, blockHeight, blockHash }: TaskRecord): boolean {
    const { tip } = this.#head();
    if (job !== null || tip === null) return job !== null;
    const { height, prevHash } = tip.block.header;
    if (blockHeight === height) return blockHash === tip.hash;
    if (blockHeight === height - 1) return blockHash === prevHash;
    const followed = this.#followed;
    // What was taken in may be of another branch than the head.
    return followed.hashAt(height - 1) === prevHash && followed.hashAt(blockHeight) === blockHash;
  }

  #abandonEnded(chapter: number): void {
    for (const task of this.#journal.liveInEndedChapters(chapter)) {
      if (task.state === 'planned') continue;
      const error = new AppError(
        'chain_mismatch',
        'The node shows another chain now: this one can no longer take the result.',
        {
          params: { expected: `chapter ${task.chapter}`, actual: 'a new chain' },
        },
      );
      this.#journal.move(task, 'abandoned', { reason: toErrorReport(error) });
    }
  }

  /** It was planned for the key that was in use then: no other one may sign for it. */
  #abandonOther(task: TaskRecord): TaskRecord {
    const error = new AppError(
      'key_changed',
      `The task was planned for ${task.account}, and another key is in use by now.`,
      {
        params: { address: task.account },
      },
    );
    return this.#journal.move(task, 'abandoned', { reason: toErrorReport(error) });
  }

  #abandonTaken(task: TaskRecord, height: number): TaskRecord {
    return this.#journal.move(task, 'abandoned', { reason: toErrorReport(alreadyTaken(height)) });
  }

  #abandonStale(task: TaskRecord, tipHeight: number): TaskRecord {
    const behind = tipHeight - task.blockHeight;
    const error = new AppError(
      'compute_cancelled',
      isStale(task, tipHeight)
        ? `The task's block is ${behind} blocks behind the tip: too old.`
        : `The task's block is no longer in the chain.`,
      {
        // A sentence about being behind would be wrong of a block that is gone.
        params: isStale(task, tipHeight) ? { behind } : {},
      },
    );
    return this.#journal.move(task, 'abandoned', { reason: toErrorReport(error) });
  }
}

function notReady(): AppError {
  return new AppError(
    'not_ready',
    'The app has not caught up with the node yet, and does not know which transactions of this account are under way. Try again in a moment.',
    { remedy: 'retry' },
  );
}

function knownAlready(): AppError {
  return new AppError(
    'task_known',
    'The journal has this task, or this very order, already: it is not sent a second time.',
    { remedy: 'none' },
  );
}

function queueStuck(): AppError {
  return new AppError(
    'tx_queue_stuck',
    'The node puts no transaction of this account into a block although it holds the next one. They are sent again in order; no further result is signed until one is in a block.',
    { remedy: 'wait' },
  );
}

/** Whether a task's block is too far behind the tip to be worth a fee. */
export function isStale(
  { blockHeight, job }: { readonly blockHeight: number; readonly job: number | null },
  tipHeight: number,
): boolean {
  return tipHeight - blockHeight > (job === null ? FRESH_BLOCKS : FRESH_BLOCKS_OF_JOB);
}
