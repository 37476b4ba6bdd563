import type { Network } from '../../src-shared/chain/network';
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { BlockVerifier } from '../chain/block-verifier';
import type { Binding } from '../chain/chain-binding';
import type { Tip } from '../chain/head-follower';
import type { NodeClient } from '../chain/node-client';
import type { Account } from '../keys/account';
import type { Chapter } from '../storage/chapters';
import type { Journal } from './journal';
import { Lock } from './lock';
import { Reconciler } from './reconciler';
import { Sender } from './sender';
import type { TaskRecord } from './task-record';

type Parts = {
  readonly node: NodeClient;
  readonly verifier: BlockVerifier;
  readonly journal: Journal;
  readonly account: Account;
  readonly now: () => number;
};

/** A result is sent only while its block is at most so many blocks behind the tip. */
export const FRESH_BLOCKS = 3;

/** Everything that touches the account's transactions, one piece at a time. */
export class Submissions {
  readonly #journal: Journal;
  readonly #sender: Sender;
  readonly #reconciler: Reconciler;
  readonly #lock = new Lock();

  constructor(parts: Parts) {
    this.#journal = parts.journal;
    this.#sender = new Sender(parts);
    this.#reconciler = new Reconciler({ ...parts, sender: this.#sender });
  }

  /** Submits a computed result, or abandons it where its block has grown stale meanwhile. @throws as `Sender.submit` */
  submit(computed: TaskRecord, network: Network, tipHeight: () => number): Promise<TaskRecord> {
    return this.#lock.run(async () => {
      // A block that came meanwhile may have taken the task along already.
      const task = this.#journal.byTaskId(computed.taskId, computed.chapter) ?? computed;
      if (task.state !== 'computed') return task;
      if (isStale(task, tipHeight())) return this.#abandonStale(task, tipHeight());
      return this.#sender.submit(task, network);
    });
  }

  /**
   * Brings every unfinished task on after a start, whatever it was in the middle of. Planned tasks are the miner's.
   * @throws AppError `node_*`, `keychain_*`; what was not reached is done at the next call
   */
  recover({ chapter, network }: Binding, tipHeight: number, blockTimeMs: number): Promise<void> {
    return this.#lock.run(async () => {
      this.#abandonEnded();
      for (const task of this.#journal.live(chapter.id)) await this.#resume(task, network, tipHeight);
      await this.#reconciler.check(chapter, blockTimeMs, true);
    });
  }

  /** Confirms and proves what a verified block holds, then asks about what is overdue. @throws AppError `node_*` */
  takeBlock(tip: Tip, { chapter, network }: Binding, blockTimeMs: number): Promise<void> {
    return this.#lock.run(async () => {
      this.#reconciler.takeBlock(tip, chapter);
      await this.#reconciler.check(chapter, blockTimeMs, false);
      await this.#again(chapter, network, tip.block.header.height);
    });
  }

  rollBack(chapter: Chapter, fromHeight: number): Promise<void> {
    return this.#lock.run(async () => this.#reconciler.rollBack(chapter, fromHeight));
  }

  async #resume(task: TaskRecord, network: Network, tipHeight: number): Promise<void> {
    // Without a signature there is nothing that could be alive: the nonce is free.
    const settled =
      task.state === 'reserved' ? this.#journal.move(task, 'computed', { accountNonce: null }) : task;
    if (settled.state !== 'computed' && settled.state !== 'signed') return;
    if (isStale(settled, tipHeight)) this.#abandonStale(settled, tipHeight);
    else if (settled.state === 'computed') await this.#sender.submit(settled, network);
    else await this.#sender.transmit(settled);
  }

  /** Results that are computed and waiting, or whose nonce another transaction took, go again while they are fresh. */
  async #again(chapter: Chapter, network: Network, tipHeight: number): Promise<void> {
    const waiting = this.#journal.live(chapter.id).filter(({ state }) => state === 'computed');
    const superseded = this.#journal
      .list({ states: ['superseded'], search: '', offset: 0, limit: 5 })
      .records.filter((task) => task.chapter === chapter.id && !isStale(task, tipHeight))
      .map((task) =>
        this.#journal.move(task, 'computed', { accountNonce: null, raw: null, txHash: null, sends: 0 }),
      );
    for (const task of [...waiting, ...superseded]) {
      if (isStale(task, tipHeight)) this.#abandonStale(task, tipHeight);
      else await this.#sender.submit(task, network);
    }
  }

  #abandonEnded(): void {
    for (const task of this.#journal.liveInEndedChapters()) {
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
      `The task's block is ${behind} blocks behind the tip: too old to send.`,
      {
        params: { behind },
      },
    );
    return this.#journal.move(task, 'abandoned', { reason: toErrorReport(error) });
  }
}

/** Whether a task's block is too far behind the tip to be worth a fee. */
export function isStale(task: { readonly blockHeight: number }, tipHeight: number): boolean {
  return tipHeight - task.blockHeight > FRESH_BLOCKS;
}
