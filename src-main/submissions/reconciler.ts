import { transactionHash } from '../../src-shared/chain/transaction';
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { BlockVerifier } from '../chain/block-verifier';
import type { Tip } from '../chain/head-follower';
import type { NodeClient } from '../chain/node-client';
import type { Chapter } from '../storage/chapters';
import type { Journal } from './journal';
import { evidenceFor } from './prove';
import type { Sender } from './sender';
import type { TaskRecord } from './task-record';
import { SENT_STATES } from './task-states';

type Parts = {
  readonly node: NodeClient;
  readonly verifier: BlockVerifier;
  readonly journal: Journal;
  readonly sender: Sender;
  readonly now: () => number;
};

// Blocks a transaction may go unseen before its receipt is asked for, and before its bytes are sent again.
const ASK_AFTER_BLOCKS = 3;
// A receipt that stays pending through so many sends belongs to a transaction the proposer drops.
const MOST_SENDS = 5;
// The node's own time limit for a pooled transaction (l1-protocol.md, "Limits").
const EXPIRES_MS = 60 * 60_000;

/** Follows what was sent until it is proved or has ended for a reason. Callers hold the account's lock. */
export class Reconciler {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes in a verified block: whatever of ours is in it is confirmed and proved. */
  takeBlock(tip: Tip, chapter: Chapter): void {
    const { journal } = this.#parts;
    const positions = new Map<string, number>(tip.block.txs.map((tx, index) => [transactionHash(tx), index]));
    for (const task of journal.live(chapter.id)) {
      const index = task.txHash === null ? undefined : positions.get(task.txHash);
      if (index !== undefined && SENT_STATES.includes(task.state)) this.#confirm(task, tip, index);
      else if (task.state === 'confirmed' && task.confirmedHeight === tip.block.header.height)
        this.#prove(task, tip);
    }
  }

  /**
   * Asks the node about every transaction that should have been seen by now.
   * @param everything also those sent just now, as after a start
   * @throws AppError `node_*`; what was not reached stays as it is
   */
  async check(chapter: Chapter, blockTimeMs: number, everything: boolean): Promise<void> {
    const { journal, now } = this.#parts;
    for (const task of journal.live(chapter.id)) {
      if (task.state === 'confirmed') await this.#confirmAt(task, chapter, task.confirmedHeight ?? 0);
      if (!SENT_STATES.includes(task.state)) continue;
      const unseenMs = now() - (task.lastSentAt ?? 0);
      if (everything || unseenMs > ASK_AFTER_BLOCKS * blockTimeMs) await this.#ask(task, chapter);
    }
  }

  /** The chain no longer has the blocks from this height on: what was proved in them has to be seen again. */
  rollBack(chapter: Chapter, fromHeight: number): void {
    const { journal } = this.#parts;
    for (const task of journal.confirmedFrom(chapter.id, fromHeight)) {
      const reason = new AppError(
        'node_bad_answer',
        `The chain went back below block ${task.confirmedHeight}.`,
        {
          remedy: 'wait',
          retryable: true,
        },
      );
      journal.move(task, 'sent', {
        confirmedHeight: null,
        confirmedIndex: null,
        evidence: null,
        // Asked about, and sent again, with the next block rather than after the usual wait.
        lastSentAt: null,
        reason: toErrorReport(reason),
      });
    }
  }

  async #ask(task: TaskRecord, chapter: Chapter): Promise<void> {
    const { journal, node, sender, now } = this.#parts;
    if (task.txHash === null) throw new Error(`task ${task.taskId} was sent without a hash`);
    const receipt = await node.receipt(task.txHash);
    if (receipt?.status === 'confirmed' && receipt.blockHeight !== null) {
      await this.#confirmAt(task, chapter, receipt.blockHeight);
      return;
    }
    const { nonce } = await node.balance(task.account);
    if (task.accountNonce !== null && nonce > task.accountNonce) {
      journal.move(task, 'superseded', { reason: toErrorReport(nonceTaken(task)) });
      return;
    }
    if (now() - task.createdAt > EXPIRES_MS || receipt?.status === 'failed') {
      journal.move(task, 'expired', { reason: toErrorReport(expired(receipt?.error ?? null)) });
      return;
    }
    // Past it: the node has it in its pool. Short of it: it waits behind a gap, and a copy would block the queue.
    if (receipt !== null && (await node.pendingNonce(task.account)) !== task.accountNonce) return;
    if (receipt !== null && task.sends >= MOST_SENDS) {
      journal.move(task, 'rejected', { reason: toErrorReport(dropped(task)) });
      return;
    }
    await sender.transmit(task);
  }

  async #confirmAt(task: TaskRecord, chapter: Chapter, height: number): Promise<void> {
    const { node, verifier } = this.#parts;
    const block = await node.block(height);
    if (block === null) return;
    const expected = { expectedHeight: height, chainId: chapter.chainId };
    const verification = await verifier.verify(block, expected);
    if (!verification.ok) return;
    const tip = { block, hash: verification.hash, verification };
    const index = block.txs.findIndex((tx) => transactionHash(tx) === task.txHash);
    if (task.state === 'confirmed') this.#prove(task, tip);
    else if (index >= 0) this.#confirm(task, tip, index);
  }

  #confirm(task: TaskRecord, tip: Tip, index: number): void {
    const { journal } = this.#parts;
    const confirmedHeight = tip.block.header.height;
    this.#prove(
      journal.move(task, 'confirmed', { confirmedHeight, confirmedIndex: index, reason: null }),
      tip,
    );
  }

  #prove(task: TaskRecord, { block, verification }: Tip): void {
    const { journal } = this.#parts;
    const { ok, evidence } = evidenceFor(task, block, verification);
    if (ok) journal.move(task, 'proved', { evidence, reason: null });
    else journal.move(task, 'rejected', { evidence, reason: toErrorReport(notProved(evidence.checks)) });
  }
}

function nonceTaken(task: TaskRecord): AppError {
  return new AppError(
    'tx_nonce_too_low',
    `Another transaction of this account took nonce ${task.accountNonce}.`,
    {
      params: { word: `nonce ${task.accountNonce}` },
    },
  );
}

function expired(error: string | null): AppError {
  return new AppError(
    'tx_rejected',
    `The transaction expired: ${error ?? 'no block took it within an hour'}.`,
    {
      params: { word: error ?? 'expired' },
    },
  );
}

function dropped(task: TaskRecord): AppError {
  return new AppError(
    'tx_rejected',
    `The node took the transaction ${task.sends} times and put it into no block: its proposer drops it.`,
    { params: { word: 'dropped by the proposer' } },
  );
}

function notProved(checks: readonly { name: string; ok: boolean | 'not_checked' }[]): AppError {
  const failed = checks.filter(({ ok }) => ok === false).map(({ name }) => name);
  return new AppError('invalid_block', `The result can't be proved from its block: ${failed.join(', ')}.`, {
    params: { failed: failed.join(', ') },
  });
}
