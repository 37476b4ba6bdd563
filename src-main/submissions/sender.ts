import type { Address } from '../../src-shared/chain/address';
import { computeResultPayload, signComputeResult } from '../../src-shared/chain/compute-result';
import { exactFee } from '../../src-shared/chain/gas';
import { parseJson } from '../../src-shared/chain/json';
import { MEMPOOL } from '../../src-shared/chain/limits';
import type { Network } from '../../src-shared/chain/network';
import { toNonce } from '../../src-shared/chain/nonce';
import { parseTransaction, transactionHash, verifyTransaction } from '../../src-shared/chain/transaction';
import { AppError, isOfFamily, toErrorReport } from '../../src-shared/errors';
import type { NodeClient } from '../chain/node-client';
import type { Rejection } from '../chain/rejection';
import { type SignedTransaction, sendOnce, signed, type TransactionContent } from '../chain/send-transaction';
import type { WallJumps } from '../clock/wall-jumps';
import type { Account } from '../keys/account';
import type { FeeCeiling } from './fee-ceiling';
import type { Journal, PlannedTask } from './journal';
import type { TaskRecord, Transfer } from './task-record';

/** What a transaction is made of. */
type Signable = Pick<TaskRecord, 'account' | 'taskId' | 'taskNonce' | 'resultHash' | 'proof' | 'transfer'>;

/** What a person sends themselves: a transfer, or a result that they have. */
export type HandOrder = Omit<PlannedTask, 'job' | 'byHand' | 'transfer'> & {
  readonly byHand: true;
  readonly resultHash: string | null;
  readonly proof: string | null;
  readonly transfer: Transfer | null;
};

/** How things stand with the chain, asked once a nonce is known: that may have taken long. */
export type ChainMeanwhile = {
  /** Whether a result is still to be sent: where not, it is left as it is. */
  readonly wants: (task: TaskRecord) => boolean;
  /** Whether the block at a height was taken in, so that what it holds is known. */
  readonly hasTaken: (height: number) => boolean;
};

/** An account's next nonce, and how it was come by. */
type NextNonce = {
  readonly account: Address;
  readonly accountNonce: bigint;
  /** As the node says it. */
  readonly first: bigint;
  /** Of this app's own tasks. */
  readonly held: ReadonlySet<bigint>;
  /** Whether `first` leaves out nonces after the last one that blocks have shown here; null where none has. */
  readonly leavesOut: boolean | null;
};

type Parts = {
  readonly node: NodeClient;
  readonly journal: Journal;
  readonly account: Account;
  readonly ceiling: FeeCeiling;
  readonly now: () => number;
  readonly jumps: WallJumps;
  /** The highest of an account's nonces that followed blocks used, whoever signed for it; null where none did. */
  readonly usedUpTo: (account: Address) => bigint | null;
};

/**
 * Takes a computed result to the node's mempool: nonce, signature, send, committed to the journal before the bytes
 * leave. Callers hold the account's lock.
 */
export class Sender {
  readonly #parts: Parts;
  /** The next nonce as the node was asked for it ahead, for one use; `blocks` have come since. */
  #asked: { readonly account: Address; readonly nonce: Promise<bigint | null>; blocks: number } | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Asks for an account's next nonce ahead of `submit`, once a block. */
  prepare(account: Address): void {
    if (this.#asked?.account === account && this.#asked.blocks === 0) return;
    // What fails ahead is asked for again when it is needed, and fails there.
    const nonce = this.#parts.node.pendingNonce(account).catch(() => null);
    this.#asked = { account, nonce, blocks: 0 };
  }

  /** A block was taken in: what the node said ahead holds for the block it was asked beside, and the next. */
  blockTaken(): void {
    if (this.#asked === null) return;
    this.#asked.blocks += 1;
    if (this.#asked.blocks > 2) this.#asked = null;
  }

  /**
   * Signs for a nonce and sends. Where signing fails the nonce stays free and the result is kept.
   * @throws AppError `node_*`, `key_busy_elsewhere`, `fee_ceiling_reached`, `key_missing`, `keychain_*`; nothing was
   *   sent then
   */
  async submit(computed: TaskRecord, network: Network, chain: ChainMeanwhile): Promise<TaskRecord> {
    const { journal, ceiling, node, now } = this.#parts;
    const next = await this.#nextNonce(computed);
    // A validator's job is nobody else's to do.
    if (computed.job !== null) await this.#requireSame(next);
    else if (!(await this.#isKnownWhole(computed, next, chain))) return computed;
    if (!chain.wants(computed)) return computed;
    const { accountNonce } = next;
    const feeUnits = exactFee('SUBMIT_RESULT', network.minGasPrice);
    ceiling.require(computed.account, feeUnits);
    const transaction = await this.#signed(computed, network, accountNonce);
    // What is called sent goes again however old its block is: it would cost a fee for work that is stale by then.
    node.requireFree();
    // One commit: none of them has an effect before the bytes leave.
    const sent = journal.inOneCommit(() => {
      const reserved = journal.move(computed, 'reserved', { accountNonce, feeUnits, reason: null });
      const signed = journal.move(reserved, 'signed', transaction);
      return journal.move(signed, 'sent', { sends: signed.sends + 1, lastSentAt: now() });
    });
    return this.#post(sent, transaction.raw);
  }

  /**
   * Signs what a person sends themselves, and sends it. It comes into the journal signed, in one commit: whatever fails
   * before leaves nothing that could be sent later, unasked. The ceiling is for what is sent unasked.
   * @returns null where the chapter has the task id already, or had it
   * @throws AppError `node_*`, `key_missing`, `keychain_*`; nothing was sent then
   */
  async submitByHand(order: HandOrder, network: Network): Promise<TaskRecord | null> {
    const { journal, node, now } = this.#parts;
    const next = await this.#nextNonce(order);
    await this.#requireSame(next);
    const { accountNonce } = next;
    const transaction = await this.#sign(order, network, accountNonce);
    node.requireFree();
    const feeUnits = exactFee(typeOf(order), network.minGasPrice);
    const sent = journal.inOneCommit(() => {
      const planned = journal.plan(order);
      if (planned === null) return null;
      const { resultHash, proof } = order;
      const reserved = journal.move(planned, 'reserved', { accountNonce, feeUnits, resultHash, proof });
      const signed = journal.move(reserved, 'signed', transaction);
      return journal.move(signed, 'sent', { sends: 1, lastSentAt: now() });
    });
    return sent === null ? null : this.#post(sent, transaction.raw);
  }

  /**
   * Sends the signed bytes of a task, for the first time or again; they never change. When the answer does not come,
   * the task stays `sent`: nobody knows whether it arrived, and the reconciler finds out. Null where the bytes are no
   * longer what was signed: then the task is set aside.
   */
  async transmit(task: TaskRecord): Promise<TaskRecord | null> {
    const { raw } = task;
    if (raw !== null && isWhole(task, raw)) return this.#transmit(task, raw);
    this.#parts.journal.setAside(task, 'raw: not what was signed');
    return null;
  }

  async #transmit(task: TaskRecord, raw: string): Promise<TaskRecord> {
    const { journal, now } = this.#parts;
    const attempt = { sends: task.sends + 1, lastSentAt: now() };
    const sent = task.state === 'sent' ? journal.note(task, attempt) : journal.move(task, 'sent', attempt);
    return this.#post(sent, raw);
  }

  async #post(sent: TaskRecord, raw: string): Promise<TaskRecord> {
    const { journal, node } = this.#parts;
    try {
      const rejection = await sendOnce(node, raw);
      if (rejection === null) return journal.move(sent, 'in_pool', { reason: null });
      return this.#rejected(sent, rejection);
    } catch (error) {
      if (!isOfFamily(error, 'node')) throw error;
      return journal.note(sent, { reason: toErrorReport(error) });
    }
  }

  #rejected(sent: TaskRecord, { meaning, error }: Rejection): TaskRecord {
    const { journal } = this.#parts;
    const reason = toErrorReport(error);
    if (meaning === 'known') return journal.move(sent, 'in_pool', { reason: null });
    if (meaning === 'final') return journal.move(sent, 'rejected', { reason });
    // The nonce is used up, by this very transaction or by another one: which, a verified block says, not the node.
    return journal.note(sent, { reason });
  }

  /**
   * The first nonce from the node's view on that no live task of ours holds: so a gap is filled, never left behind.
   * @throws AppError `node_bad_answer` for a node that knows less of the account than blocks verified here: it lags,
   *   its chain went back, or it serves another one; nothing is signed until the head follower has found out
   */
  async #nextNonce(task: Pick<TaskRecord, 'chapter' | 'account'> & { id?: number }): Promise<NextNonce> {
    const { journal, node, usedUpTo } = this.#parts;
    const { account } = task;
    const held = journal.heldByOthers(task);
    const confirmed = higher(journal.highestConfirmedNonce(task.chapter, account), usedUpTo(account));
    const first = await this.#firstNonce(account, confirmed);
    if (confirmed !== null && first <= confirmed) throw behind(node.url, first, confirmed);
    const leavesOut = confirmed === null ? null : first > freeFrom(confirmed + 1n, held);
    const accountNonce = freeFrom(first, held);
    this.#requireNotLost(task, accountNonce);
    return { account, accountNonce, first, held, leavesOut };
  }

  /** Where nonces are left out, the answer may be wrong and would leave a gap. @throws AppError `node_bad_answer` */
  async #requireSame({ account, first, leavesOut }: NextNonce): Promise<void> {
    const { node } = this.#parts;
    if (leavesOut && (await node.pendingNonce(account)) !== first) throw undecided(node.url);
  }

  /**
   * Another program with the key does the same tasks: while a transaction of its is under way that may be for this very
   * one, a second result would be paid for too. What it was for, the block says that takes it. The account is asked about
   * from the chain's end to its height, so that no block between two answers is missed.
   * @returns false where the result is not wanted by then, or a block came that was not taken in yet
   * @throws AppError `key_busy_elsewhere`; `node_bad_answer` for an answer that would leave a gap
   */
  async #isKnownWhole(task: TaskRecord, next: NextNonce, chain: ChainMeanwhile): Promise<boolean> {
    const { node } = this.#parts;
    const { account, first, held, leavesOut } = next;
    if (leavesOut === false) return true;
    const { nonce } = await node.balance(account);
    // Nonces that are left out may be a wrong answer, too.
    const pending = leavesOut ? await node.pendingNonce(account) : first;
    // A node that failed meanwhile is not looked at before its time.
    if (!chain.wants(task)) return false;
    const { height } = await node.status();
    const own = freeFrom(nonce, held);
    if (pending > own) throw busyElsewhere(own);
    if (!chain.hasTaken(height)) return false;
    if (pending !== first || first < nonce) throw undecided(node.url);
    return true;
  }

  /**
   * What was signed for a nonce may be alive though the record of it was damaged. A block that takes the nonce ends
   * that, and so does the hour after which no node holds a transaction.
   */
  #requireNotLost({ chapter, account }: Pick<TaskRecord, 'chapter' | 'account'>, next: bigint): void {
    const { journal, jumps } = this.#parts;
    for (const { nonce, atMs } of journal.heldNonces(chapter, account))
      if ((nonce === null || nonce === next) && jumps.ageMs(atMs) <= MEMPOOL.timeToLiveMs) throw lost(next);
  }

  /** The node's view of the account; what it said ahead may have been overtaken by a block. */
  async #firstNonce(account: Address, confirmed: bigint | null): Promise<bigint> {
    const asked = this.#asked;
    this.#asked = null;
    const ahead = asked?.account === account ? await asked.nonce : null;
    if (ahead !== null && (confirmed === null || ahead > confirmed)) return ahead;
    return this.#parts.node.pendingNonce(account);
  }

  /** Signs a result; where there is no key to do it with, the task keeps why. @throws AppError `key_missing`, `keychain_*` */
  async #signed(computed: TaskRecord, network: Network, accountNonce: bigint): Promise<SignedTransaction> {
    try {
      return await this.#sign(computed, network, accountNonce);
    } catch (error) {
      if (isOfFamily(error, 'keychain', 'key', 'vault'))
        this.#parts.journal.note(computed, { reason: toErrorReport(error) });
      throw error;
    }
  }

  #sign(content: Signable, network: Network, accountNonce: bigint): Promise<SignedTransaction> {
    return this.#parts.account.withPrivateKey(
      (privateKey, from) =>
        signed(
          { type: typeOf(content), from, nonce: toNonce(accountNonce), ...bodyOf(content, from, privateKey) },
          network,
          privateKey,
        ),
      content.account,
    );
  }
}

function typeOf({ transfer }: Pick<Signable, 'transfer'>): 'TRANSFER' | 'SUBMIT_RESULT' {
  return transfer === null ? 'SUBMIT_RESULT' : 'TRANSFER';
}

function bodyOf(
  { transfer, taskId, resultHash, proof, taskNonce }: Signable,
  workerAddress: Address,
  privateKey: Uint8Array,
): Pick<TransactionContent, 'to' | 'amount' | 'payload'> {
  if (transfer !== null) return { to: transfer.to, amount: transfer.amountUnits, payload: {} };
  if (resultHash === null || proof === null) throw new Error(`task ${taskId} has no result to sign`);
  const unsigned = { taskId, workerAddress, resultHash, proof, nonce: BigInt(taskNonce) };
  return { to: null, amount: 0n, payload: computeResultPayload(signComputeResult(unsigned, privateKey)) };
}

/** Whether a task's bytes are the transaction that was signed for its nonce. */
function isWhole({ txHash, accountNonce }: TaskRecord, raw: string): boolean {
  try {
    const transaction = parseTransaction(parseJson(raw));
    const { nonce } = transaction;
    return (
      transactionHash(transaction) === txHash && nonce === accountNonce && verifyTransaction(transaction)
    );
  } catch {
    return false;
  }
}

function lost(nonce: bigint): AppError {
  return new AppError(
    'tx_nonce_held',
    `The record of a signed transaction was damaged, and nonce ${nonce} may be its. Nothing else is signed for it before a block has taken it, or an hour has gone by.`,
    { remedy: 'wait', params: { nonce: String(nonce) } },
  );
}

function higher(one: bigint | null, other: bigint | null): bigint | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

function freeFrom(first: bigint, held: ReadonlySet<bigint>): bigint {
  let next = first;
  while (held.has(next)) next += 1n;
  return next;
}

function busyElsewhere(nonce: bigint): AppError {
  return new AppError(
    'key_busy_elsewhere',
    `Another program uses this key and has a transaction under way, with nonce ${nonce}: the result goes once a block has taken that one, unless it was for the same task.`,
    { remedy: 'wait', params: { nonce: String(nonce) } },
  );
}

function undecided(url: string): AppError {
  return new AppError(
    'node_bad_answer',
    `The node ${url} gave two answers when asked twice for the account's next nonce.`,
    { remedy: 'wait', params: { url } },
  );
}

function behind(url: string, next: bigint, confirmed: bigint): AppError {
  return new AppError(
    'node_bad_answer',
    `The node ${url} gives ${next} as the account's next nonce, but nonce ${confirmed} is in a block already.`,
    { remedy: 'wait', params: { url } },
  );
}
