import type { Address } from '../../src-shared/chain/address';
import type { TransactionType } from '../../src-shared/chain/gas';
import { MEMPOOL } from '../../src-shared/chain/limits';
import { familyOf } from '../../src-shared/error-codes';
import { AppError, toErrorReport } from '../../src-shared/errors';
import type { BlockVerifier } from '../chain/block-verifier';
import { indexOfTx, type VerifiedBlock } from '../chain/block-verifier';
import type { NodeClient } from '../chain/node-client';
import type { WallJumps } from '../clock/wall-jumps';
import type { Chapter } from '../storage/chapters';
import type { Journal } from './journal';
import { LookedBack } from './looked-back';
import { evidenceFor } from './prove';
import type { Sender } from './sender';
import type { TaskRecord } from './task-record';
import { SENT_STATES } from './task-states';

type Parts = {
  readonly node: NodeClient;
  readonly verifier: BlockVerifier;
  readonly journal: Journal;
  readonly sender: Sender;
  readonly jumps: WallJumps;
  /** Whether the tip is the chain's: by a node that lags, nothing has come to its end. */
  readonly isUpToDate: () => boolean;
};

// Blocks a transaction may go unseen before its receipt is asked for, and before its bytes are sent again.
const ASK_AFTER_BLOCKS = 3;
// What the journal may hold the transactions of.
const MADE_HERE: readonly TransactionType[] = ['SUBMIT_RESULT', 'TRANSFER'];
// A receipt that stays pending through so many sends belongs to a transaction the proposer drops.
const MOST_SENDS = 5;

/** Follows what was sent until it is proved or has ended for a reason. Callers hold the account's lock. */
export class Reconciler {
  readonly #parts: Parts;
  /** The account's next transaction where the node holds it back. */
  #heldBack: TaskRecord | null = null;
  readonly #lookedBack: LookedBack;
  /** What the node said in this check. */
  readonly #nonces = new Map<Address, bigint>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#lookedBack = new LookedBack(parts.verifier);
  }

  /**
   * Whether the node holds the account's next transaction back, and those after it: until a block takes one of them, or
   * it has ended otherwise, another would only wait behind them.
   */
  get queueIsStuck(): boolean {
    if (this.#heldBack === null) return false;
    const { taskId, chapter } = this.#heldBack;
    const now = this.#parts.journal.byTaskId(taskId, chapter);
    return now !== null && SENT_STATES.includes(now.state);
  }

  /**
   * Takes in a verified block of the trail: what is in it has the last word on every nonce it uses, and on what was proved
   * by a block of its height that the trail did not have yet.
   */
  takeBlock(taken: VerifiedBlock, chapter: Chapter): void {
    const { journal } = this.#parts;
    journal.inOneCommit(() => {
      this.#takeBack(
        journal
          .confirmedAt(chapter.id, taken.block.header.height)
          .filter(({ txHash }) => indexOfTx(taken, txHash) < 0),
      );
      this.#takeIn(taken, chapter);
    });
  }

  #takeIn(taken: VerifiedBlock, chapter: Chapter): void {
    const { block, txHashes } = taken;
    const { journal } = this.#parts;
    block.txs.forEach((tx, index) => {
      const txHash = txHashes[index] ?? '';
      // As they are by now: what came before it in the block may have ended some.
      const rival = journal
        .live(chapter.id)
        .find((task) => task.account === tx.from && task.accountNonce === tx.nonce && task.txHash !== txHash);
      if (rival !== undefined) this.#loseNonce(rival);
      const ours = MADE_HERE.includes(tx.type) ? this.#ours(txHash, chapter) : null;
      if (ours === null || ours.state === 'proved') return;
      if (ours.state !== 'confirmed') this.#confirm(ours, taken, index);
      else if (ours.confirmedHeight === block.header.height) this.#prove(ours, taken);
    });
  }

  /**
   * Asks the node about every transaction that should have been seen by now, the lowest nonce first.
   * @param everything also those sent just now, as after a start
   * @param covers whether the blocks after a height have all been taken
   * @throws AppError `node_*`, after the others have been asked about; what was not reached stays as it is
   */
  async check(
    chapter: Chapter,
    blockTimeMs: number,
    everything: boolean,
    covers: (height: number) => boolean,
  ): Promise<void> {
    const { journal, jumps } = this.#parts;
    const failures: unknown[] = [];
    this.#nonces.clear();
    // Set once one was sent again in order: the one after it, whose transaction goes straight into the pool too.
    let next: string | null = null;
    for (const { id } of byNonce(journal.live(chapter.id))) {
      // A block that was looked at for one of those before it may have ended it.
      const task = journal.live(chapter.id).find((one) => one.id === id);
      if (task === undefined) continue;
      const { lastSentAt } = task;
      const isUnseen = lastSentAt === null || jumps.ageMs(lastSentAt) > ASK_AFTER_BLOCKS * blockTimeMs;
      try {
        if (task.state === 'confirmed') await this.#confirmAt(task, chapter, task.confirmedHeight ?? 0);
        else if (next !== null && nonceKey(task) === next) next = await this.#sendInOrder(task);
        else if (SENT_STATES.includes(task.state) && (everything || isUnseen))
          next = await this.#ask(task, chapter, covers);
      } catch (error) {
        // A node that is gone is gone for all of them; a bad answer about one says nothing of the next.
        if (!(error instanceof AppError) || isGone(error)) throw error;
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** The chain no longer has the blocks from this height on: what was proved in them has to be seen again. */
  rollBack(chapter: Chapter, fromHeight: number): void {
    const { journal } = this.#parts;
    this.#lookedBack.forgetFrom(fromHeight);
    journal.expirePruned(chapter.id, fromHeight, toErrorReport(wentBack(fromHeight)));
    this.#takeBack(journal.confirmedFrom(chapter.id, fromHeight));
  }

  /** What was given up with its chain, and may be alive now that the chain is back, is followed again. */
  revive(chapter: Chapter): void {
    const { journal } = this.#parts;
    const held = new Set(journal.live(chapter.id).map((task) => nonceKey(task)));
    for (const task of journal.abandonedAfterSending(chapter.id)) {
      if (task.reason?.code !== 'chain_mismatch' || held.has(nonceKey(task))) continue;
      held.add(nonceKey(task));
      journal.move(task, 'sent', { lastSentAt: null, reason: null });
    }
  }

  /** The task of a transaction. One made for another chain, before the node was seen to have changed, is here now. */
  #ours(txHash: string, chapter: Chapter): TaskRecord | null {
    const { journal } = this.#parts;
    const found = journal.byTxHash(chapter.id, txHash) ?? journal.takeUpAgain(chapter.id, txHash);
    if (found !== null) return found.chapter === chapter.id ? found : journal.adopt(found, chapter.id);
    const strayed = journal.ofOtherChapter(chapter.id, txHash);
    // What is proved elsewhere was repeated here by somebody.
    if (strayed === null || strayed.state === 'proved' || strayed.state === 'confirmed') return null;
    return journal.adopt(strayed, chapter.id);
  }

  /** A block has another transaction with this task's nonce: its own can never be in the chain. */
  #loseNonce(task: TaskRecord): void {
    const { journal } = this.#parts;
    // Without a signature the nonce is only let go of.
    if (task.state === 'reserved') journal.move(task, 'computed', { accountNonce: null });
    else journal.move(task, 'superseded', { reason: toErrorReport(nonceTaken(task)) });
  }

  #takeBack(tasks: readonly TaskRecord[]): void {
    if (tasks.length === 0) return;
    this.#parts.journal.moveAll(tasks, 'sent', ({ confirmedHeight }) => ({
      confirmedHeight: null,
      confirmedIndex: null,
      evidence: null,
      // Asked about, and sent again, with the next block rather than after the usual wait.
      lastSentAt: null,
      reason: toErrorReport(
        new AppError('node_bad_answer', `The chain went back below block ${confirmedHeight}.`, {
          remedy: 'wait',
        }),
      ),
    }));
  }

  /** @returns as `#sendInOrder` where it came to that, else null */
  async #ask(
    task: TaskRecord,
    chapter: Chapter,
    covers: (height: number) => boolean,
  ): Promise<string | null> {
    const { journal, node, sender, jumps } = this.#parts;
    if (task.txHash === null) {
      journal.setAside(task, 'sent without a hash');
      return null;
    }
    const receipt = await node.receipt(task.txHash);
    if (receipt?.status === 'confirmed' && receipt.blockHeight !== null) {
      await this.#confirmAt(task, chapter, receipt.blockHeight);
      return null;
    }
    const isUpToDate = this.#parts.isUpToDate();
    const isOld = isUpToDate && jumps.ageMs(this.#lastGoodMs(task)) > MEMPOOL.timeToLiveMs;
    if (!covers(task.blockHeight)) {
      const nonce = await this.#nonceInBlocks(task.account);
      const isUsed = task.accountNonce !== null && nonce > task.accountNonce;
      // It may be in a block that was not taken here, whatever the node says of it.
      if ((isUsed || isOld) && !(await this.#isNotBelow(task, chapter, covers))) return null;
      // By what: of blocks that nobody serves the node's word is the best there is.
      if (isUsed) {
        journal.move(task, 'superseded', { reason: toErrorReport(nonceTaken(task)) });
        return null;
      }
    }
    if (isOld) {
      journal.move(task, 'expired', { reason: toErrorReport(expired(receipt?.error ?? null)) });
      return null;
    }
    if (receipt !== null && (await node.pendingNonce(task.account)) !== task.accountNonce) {
      // Short of it: it waits behind a gap, and a copy would block the queue.
      if ((await node.balance(task.account)).nonce !== task.accountNonce) return null;
      // Past it, and the account's next: where it is not in the pool, a copy of an earlier one holds up the queue.
      this.#heldBack = task;
      return this.#sendInOrder(task);
    }
    if (receipt !== null && isUpToDate && task.sends >= MOST_SENDS) {
      journal.move(task, 'rejected', { reason: toErrorReport(dropped(task)) });
      return null;
    }
    await sender.transmit(task);
    return null;
  }

  /** An account's next nonce by the node's blocks, asked for once a check however many tasks wait. */
  async #nonceInBlocks(account: Address): Promise<bigint> {
    const nonce = this.#nonces.get(account) ?? (await this.#parts.node.balance(account)).nonce;
    this.#nonces.set(account, nonce);
    return nonce;
  }

  /** Whether no block below the trail has a task's transaction, nor another with its nonce; false while that is not known. */
  async #isNotBelow(
    task: TaskRecord,
    chapter: Chapter,
    covers: (height: number) => boolean,
  ): Promise<boolean> {
    const { journal } = this.#parts;
    const take = (block: VerifiedBlock) => journal.inOneCommit(() => this.#takeIn(block, chapter));
    if (!(await this.#lookedBack.after(task.blockHeight, chapter, covers, take))) return false;
    return journal.byTaskId(task.taskId, chapter.id)?.state === task.state;
  }

  /**
   * Sends the same bytes of the account's next transaction again, or of the one after those: with its nonce it goes
   * straight into the pool, past whatever holds up the queue (l1-protocol.md, "What goes wrong in the field").
   * @returns `nonceKey` of the one after it, null where the node did not say that it has it: those after it would be
   *   queued again
   */
  async #sendInOrder(task: TaskRecord): Promise<string | null> {
    const sent = await this.#parts.sender.transmit(task);
    return sent?.state === 'in_pool' ? nonceKey(sent, 1n) : null;
  }

  /** When a task's transaction was signed, or last seen in a block of a branch that is no more. */
  #lastGoodMs(task: TaskRecord): number {
    const good = ['signed', 'confirmed', 'proved'];
    const entered = this.#parts.journal.history(task).filter(({ state }) => good.includes(state));
    return entered.at(-1)?.atMs ?? task.createdAt;
  }

  async #confirmAt(task: TaskRecord, chapter: Chapter, height: number): Promise<void> {
    const block = await this.#parts.verifier.at(height, { chainId: chapter.chainId });
    if (block === null || !block.verification.ok) return;
    const index = indexOfTx(block, task.txHash);
    if (task.state === 'confirmed') {
      // A crash came between the two; by now the block may be another one.
      if (index >= 0) this.#prove(task, block);
      else this.#takeBack([task]);
    } else if (index >= 0) this.#confirm(task, block, index);
  }

  #confirm(task: TaskRecord, taken: VerifiedBlock, index: number): void {
    const { journal } = this.#parts;
    this.#heldBack = null;
    const confirmedHeight = taken.block.header.height;
    this.#prove(
      journal.move(task, 'confirmed', { confirmedHeight, confirmedIndex: index, reason: null }),
      taken,
    );
  }

  #prove(task: TaskRecord, block: VerifiedBlock): void {
    const { journal } = this.#parts;
    const { ok, evidence } = evidenceFor(task, block);
    if (ok) journal.move(task, 'proved', { evidence, reason: null });
    else journal.move(task, 'rejected', { evidence, reason: toErrorReport(notProved(evidence.checks)) });
  }
}

/** A node that does not answer one question answers none; one that answers wrongly or refuses may be so of this one. */
function isGone({ code }: AppError): boolean {
  return familyOf(code) === 'node' && code !== 'node_bad_answer' && code !== 'node_refused';
}

/** Names a task's account and nonce, or one that is so many after it. */
function nonceKey({ account, accountNonce }: TaskRecord, after = 0n): string {
  return `${account}/${accountNonce === null ? '-' : accountNonce + after}`;
}

/** What was signed first goes first, so that nothing is sent behind a gap that the next one fills. */
function byNonce(tasks: readonly TaskRecord[]): TaskRecord[] {
  const nonce = ({ accountNonce }: TaskRecord) => accountNonce ?? -1n;
  return tasks.toSorted((a, b) => (nonce(a) < nonce(b) ? -1 : nonce(a) > nonce(b) ? 1 : a.id - b.id));
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

function wentBack(height: number): AppError {
  return new AppError(
    'tx_rejected',
    `The chain went back below block ${height}, and the transaction's bytes are no longer kept.`,
    { params: { word: `went back below block ${height}` } },
  );
}

function notProved(checks: readonly { name: string; ok: boolean | 'not_checked' }[]): AppError {
  const failed = checks.filter(({ ok }) => ok === false).map(({ name }) => name);
  return new AppError('invalid_block', `The result can't be proved from its block: ${failed.join(', ')}.`, {
    params: { failed: failed.join(', ') },
  });
}
