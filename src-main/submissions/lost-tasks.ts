import type { Address } from '../../src-shared/chain/address';
import { parseJson } from '../../src-shared/chain/json';
import { parseTransaction } from '../../src-shared/chain/transaction';
import type { Transaction } from '../../src-shared/chain/transaction-fields';
import type { Database } from '../storage/database';
import { setAside } from '../storage/set-aside';
import { inTransaction } from '../storage/transaction';
import type { SqlRow } from './task-record';
import { DOUBTFUL_STATES, SPENDING_STATES } from './task-states';

// For these nothing was signed, or what was signed is known to be dead or in a block under another nonce's rule.
const UNSIGNED: readonly unknown[] = ['planned', 'computed', 'reserved'];
const FREES_NONCE: readonly unknown[] = [...UNSIGNED, ...DOUBTFUL_STATES, 'superseded'];

/** A nonce for which something may have been signed whose record was damaged; null where not even the nonce is left. */
export type HeldNonce = { readonly nonce: bigint | null; readonly atMs: number };

/** A fee of a lost task, by the nonce it was paid for. */
export type LostFee = { readonly atMs: number; readonly units: bigint; readonly nonce: string };

type KnownFees = {
  readonly account: Address;
  readonly sinceMs: number;
  readonly revision: number;
  readonly fees: readonly LostFee[];
};

/**
 * What has to be known of tasks whose rows were damaged, and set aside: which task they were, so that it is not paid
 * for again; which nonce may have been signed for, so that it isn't a second time; which fee was spent.
 */
export class LostTasks {
  readonly #database: Database;
  readonly #now: () => number;
  #fees: KnownFees | null = null;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /** Sets a task's row aside, its history with it. @throws as `setAside` */
  take(row: SqlRow, reason: string): void {
    const id = Number(row.id);
    inTransaction(this.#database, () => {
      const history = this.#database.all(
        'SELECT state, at FROM task_history WHERE task = ? ORDER BY rowid',
        id,
      );
      const signed = signedTransaction(row);
      const spent = maySpend(row);
      for (const nonce of noncesOf(row, signed)) {
        this.#database.run(
          `INSERT INTO lost_tasks (chapter, account, task_id, block_hash, task_nonce, tx_hash, account_nonce, fee_units,
             signed_at, holds_nonce, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          Number(row.chapter),
          signed?.from ?? String(row.account),
          String(row.task_id),
          String(row.block_hash),
          Number(row.task_nonce),
          row.tx_hash ?? null,
          nonce?.toString() ?? null,
          feeOf(row, signed),
          spent ? this.#signedAt(id, row) : null,
          holdsNonce(row) ? 1 : 0,
          this.#now(),
        );
      }
      setAside(this.#database, { table: 'tasks', rowid: id, reason }, { history });
    });
  }

  /** Whether a task, or one of the same block and task nonce, was lost in a chapter. */
  has(
    chapter: number,
    { taskId, blockHash, taskNonce }: { taskId: string; blockHash: string; taskNonce: number },
  ): boolean {
    const row = this.#database.get(
      'SELECT 1 FROM lost_tasks WHERE chapter = ? AND (task_id = ? OR block_hash = ? AND task_nonce = ?) LIMIT 1',
      chapter,
      taskId,
      blockHash,
      taskNonce,
    );
    return row !== undefined;
  }

  /** Whether a transaction of an account in a block is that of a lost task, by its hash or its nonce. */
  hasTransaction(chapter: number, txHash: string, nonce: bigint): boolean {
    const row = this.#database.get(
      `SELECT 1 FROM lost_tasks WHERE chapter = ? AND holds_nonce = 1 AND (tx_hash = ? OR account_nonce = ?
         OR account_nonce IS NULL) LIMIT 1`,
      chapter,
      txHash,
      nonce.toString(),
    );
    return row !== undefined;
  }

  /** Nonces of an account for which something may have been signed. */
  heldNonces(chapter: number, account: Address): HeldNonce[] {
    const rows = this.#database.all(
      `SELECT account, account_nonce AS nonce, at FROM lost_tasks WHERE chapter = ? AND holds_nonce = 1`,
      chapter,
    ) as { account: string; nonce: string | null; at: number }[];
    return rows
      .filter((row) => row.account === account || !LOOKS_LIKE_ADDRESS.test(row.account))
      .map(({ nonce, at }) => ({ nonce: nonce === null ? null : BigInt(nonce), atMs: at }));
  }

  /** Fees of lost tasks that were signed since a time; asked several times a block, and read once. */
  feesSince(account: Address, sinceMs: number): readonly LostFee[] {
    let known = this.#fees;
    const revision = this.#database.revisionOf('lost_tasks');
    const isKnown = known?.account === account && known.sinceMs <= sinceMs && known.revision === revision;
    if (known === null || !isKnown) {
      known = { account, sinceMs, revision, fees: this.#readFees(account, sinceMs) };
      this.#fees = known;
    }
    return known.fees.filter(({ atMs }) => atMs > sinceMs);
  }

  #readFees(account: Address, sinceMs: number): LostFee[] {
    return this.#database
      .all(
        `SELECT signed_at AS atMs, fee_units AS units, chapter || '/' || coalesce(account_nonce, '?' || rowid) AS nonce FROM lost_tasks
       WHERE signed_at > ? AND account = ? AND fee_units IS NOT NULL ORDER BY signed_at`,
        sinceMs,
        account,
      )
      .map((row) => {
        const { atMs, units, nonce } = row as { atMs: number; units: string; nonce: string };
        return { atMs, units: BigInt(units), nonce };
      });
  }

  #signedAt(task: number, row: SqlRow): number {
    const { at } = this.#database.get(
      "SELECT max(at) AS at FROM task_history WHERE task = ? AND state = 'signed'",
      task,
    ) as { at: number | null };
    return Math.min(at ?? Number(row.created_at), this.#now());
  }
}

// What no longer looks like an address may have been any.
const LOOKS_LIKE_ADDRESS = /^cpc1[02-9ac-hj-np-z]+$/;

function isUnsigned({ raw, tx_hash: txHash, account_nonce: nonce }: SqlRow): boolean {
  return raw == null && txHash == null && nonce == null;
}

/** In a state that can't be read it may have been signed, unless nothing of a transaction is there. */
function holdsNonce(row: SqlRow): boolean {
  return !FREES_NONCE.includes(row.state) && !isUnsigned(row);
}

function maySpend(row: SqlRow): boolean {
  if (isUnsigned(row) || UNSIGNED.includes(row.state) || row.state === 'superseded') return false;
  const isDoubtful = (DOUBTFUL_STATES as readonly unknown[]).includes(row.state);
  return !isDoubtful || Number(row.sends) > 0 || (SPENDING_STATES as readonly unknown[]).includes(row.state);
}

/** What its bytes say, as far as they are whole. */
function signedTransaction({ raw }: SqlRow): Transaction | null {
  try {
    return parseTransaction(parseJson(String(raw)));
  } catch {
    return null;
  }
}

/** Each nonce that its record names; null alone where it names none. */
function noncesOf({ account_nonce: kept }: SqlRow, signed: Transaction | null): (bigint | null)[] {
  const own = digitsOf(kept);
  const nonces = new Set<bigint>();
  if (own !== null) nonces.add(BigInt(own));
  if (signed !== null) nonces.add(signed.nonce);
  return nonces.size === 0 ? [null] : [...nonces];
}

function feeOf({ fee_units: kept }: SqlRow, signed: Transaction | null): string | null {
  return digitsOf(kept) ?? signed?.fee.toString() ?? null;
}

function digitsOf(column: SqlRow[string] | undefined): string | null {
  return /^\d{1,40}$/.exec(String(column))?.[0] ?? null;
}
