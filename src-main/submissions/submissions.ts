import type { Network } from '../../src-shared/chain/network';
import type { ErrorCode } from '../../src-shared/error-codes';
import { AppError, toErrorReport } from '../../src-shared/errors';
import { Lock } from '../async/lock';
import type { BlockVerifier } from '../chain/block-verifier';
import type { Binding } from '../chain/chain-binding';
import type { Tip } from '../chain/head-state';
import type { NodeClient } from '../chain/node-client';
import type { WallJumps } from '../clock/wall-jumps';
import type { Account } from '../keys/account';
import type { Chapter, Chapters } from '../storage/chapters';
import type { FeeCeiling } from './fee-ceiling';
import { FollowedChain } from './followed-chain';
import type { Journal } from './journal';
import { Reconciler } from './reconciler';
import { Sender } from './sender';
import type { TaskRecord } from './task-record';

type Parts = {
  readonly node: NodeClient;
  readonly verifier: BlockVerifier;
  readonly journal: Journal;
  readonly chapters: Chapters;
  readonly account: Account;
  readonly ceiling: FeeCeiling;
  readonly now: () => number;
  readonly jumps: WallJumps;
};

/** A result is sent only while its block is at most so many blocks behind the tip. */
export const FRESH_BLOCKS = 3;

/** What a result waits for until it is too old, and nobody has to do anything. */
const WAITS: ReadonlySet<ErrorCode> = new Set(['fee_ceiling_reached', 'tx_queue_stuck']);

/** Everything that touches the account's transactions, one piece at a time. */
export class Submissions {
  readonly #journal: Journal;
  readonly #sender: Sender;
  readonly #reconciler: Reconciler;
  readonly #followed: FollowedChain;
  readonly #lock = new Lock();
  #recovered: number | null = null;

  constructor(parts: Parts) {
    this.#journal = parts.journal;
    this.#sender = new Sender(parts);
    this.#reconciler = new Reconciler({ ...parts, sender: this.#sender });
    this.#followed = new FollowedChain(parts);
  }

  /**
   * Submits a computed result, or abandons it where its block has grown stale meanwhile. Before everything unfinished
   * has been brought on, it waits its turn. @throws as `Sender.submit`
   */
  submit(computed: TaskRecord, network: Network, tipHeight: () => number): Promise<TaskRecord> {
    return this.#lock.run(async () => {
      // A block that came meanwhile may have taken the task along already.
      const task = this.#journal.byTaskId(computed.taskId, computed.chapter) ?? computed;
      if (task.state !== 'computed' || this.#recovered !== task.chapter) return task;
      return this.#send(task, network, tipHeight());
    });
  }

  /**
   * Brings the journal to a verified block: confirms and proves what the chain holds, asks about what is overdue, sends
   * what waits. The first time for a chapter, as after a start, it brings every unfinished task on, whatever it was in
   * the middle of. Planned tasks are their source's.
   * @throws AppError `node_*`, `block_invalid`, `keychain_*`; what was not reached is done at the next call
   */
  takeBlock(tip: Tip, { chapter, network }: Binding, blockTimeMs: number): Promise<void> {
    return this.#lock.run(async () => {
      const first = this.#recovered !== chapter.id;
      if (first) {
        // Unless this one gets to its end, whichever chapter comes next begins anew.
        this.#recovered = null;
        this.#begin(chapter);
      }
      await this.#followed.follow(tip, chapter, {
        onRollback: (fromHeight) => this.#reconciler.rollBack(chapter, fromHeight),
        onBlock: (block) => this.#reconciler.takeBlock(block, chapter),
      });
      await this.#resumeAll(chapter, tip.block.header.height);
      const covers = (height: number) => this.#followed.coversAfter(height);
      await this.#reconciler.check(chapter, blockTimeMs, first, covers);
      this.#recovered = chapter.id;
      await this.#again(chapter, network, tip.block.header.height);
    });
  }

  #begin(chapter: Chapter): void {
    this.#abandonEnded();
    this.#reconciler.revive(chapter);
  }

  /** Brings on what a crash, or a disk that was full, left between two states: nothing else is between them here. */
  async #resumeAll(chapter: Chapter, tipHeight: number): Promise<void> {
    for (const task of this.#journal.live(chapter.id)) {
      // Without a signature there is nothing that could be alive: the nonce is free.
      if (task.state === 'reserved') this.#journal.move(task, 'computed', { accountNonce: null });
      if (task.state !== 'signed') continue;
      if (this.#isOutdated(task, tipHeight)) this.#abandonStale(task, tipHeight);
      else await this.#sender.transmit(task);
    }
  }

  /** Results that are computed and waiting, or whose nonce another transaction took, go again while they are fresh. */
  async #again(chapter: Chapter, network: Network, tipHeight: number): Promise<void> {
    const waiting = this.#journal.live(chapter.id).filter(({ state }) => state === 'computed');
    const superseded = this.#journal
      .supersededFrom(chapter.id, tipHeight - FRESH_BLOCKS)
      .filter((task) => !this.#isOutdated(task, tipHeight))
      .map((task) =>
        this.#journal.move(task, 'computed', { accountNonce: null, raw: null, txHash: null, sends: 0 }),
      );
    for (const task of [...waiting, ...superseded]) {
      try {
        await this.#send(task, network, tipHeight);
      } catch (error) {
        // It waits for room below the ceiling, or behind others, or until it is too old.
        if (!(error instanceof AppError) || !WAITS.has(error.code)) throw error;
      }
    }
  }

  async #send(computed: TaskRecord, network: Network, tipHeight: number): Promise<TaskRecord> {
    if (this.#isOutdated(computed, tipHeight)) return this.#abandonStale(computed, tipHeight);
    if (this.#reconciler.queueIsStuck) throw queueStuck();
    return this.#sender.submit(computed, network);
  }

  /** Whether a task's block is too far behind the tip, or no longer in the chain. */
  #isOutdated(task: TaskRecord, tipHeight: number): boolean {
    const hash = this.#followed.hashAt(task.blockHeight);
    return isStale(task, tipHeight) || (hash !== undefined && hash !== task.blockHash);
  }

  #abandonEnded(): void {
    for (const task of this.#journal.liveInEndedChapters()) {
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

function queueStuck(): AppError {
  return new AppError(
    'tx_queue_stuck',
    'The node puts no transaction of this account into a block although it holds the next one. They are sent again in order; no further result is signed until one is in a block.',
    { remedy: 'wait' },
  );
}

/** Whether a task's block is too far behind the tip to be worth a fee. */
export function isStale(task: { readonly blockHeight: number }, tipHeight: number): boolean {
  return tipHeight - task.blockHeight > FRESH_BLOCKS;
}
