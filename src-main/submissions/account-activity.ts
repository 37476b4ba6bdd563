import { z } from 'zod';
import type { Address } from '../../src-shared/chain/address';
import { baseGas } from '../../src-shared/chain/gas';
import type { Transaction } from '../../src-shared/chain/transaction';
import type { VerifiedBlock } from '../chain/block-verifier';
import type { Database } from '../storage/database';
import { fitting } from '../storage/set-aside';
import { inTransaction } from '../storage/transaction';

/** How much of an account's past is kept as it was; sums are kept for ever. */
export type ActivityLimits = {
  /** Blocks that a chain that goes back can take back one by one. */
  readonly blocks: number;
  readonly transfers: number;
};

const LIMITS: ActivityLimits = { blocks: 5000, transfers: 5000 };

/** What the blocks from `sinceHeight` on did to an account, in units. */
export type AccountTotals = {
  readonly sinceHeight: number;
  readonly received: bigint;
  /** Without fees. */
  readonly sent: bigint;
  readonly fees: bigint;
};

/** One transfer from or to an account, as a verified block has it. */
export type SeenTransfer = {
  readonly height: number;
  readonly txHash: string;
  readonly from: string;
  readonly to: string;
  readonly amountUnits: bigint;
  /** When the block was made, ms since the epoch. */
  readonly atMs: number;
};

type Sums = Pick<AccountTotals, 'received' | 'sent' | 'fees'>;
type Totals = AccountTotals & { readonly foldedHeight: number };

const NOTHING: Sums = { received: 0n, sent: 0n, fees: 0n };

const decimal = z
  .string()
  .regex(/^\d{1,60}$/)
  .transform(BigInt);
const sums = { received: decimal, sent: decimal, fees: decimal };
const totalsSchema = z.object({ sinceHeight: z.number(), foldedHeight: z.number(), ...sums });
const blockSchema = z.object(sums);
const transferSchema = z.object({
  height: z.number(),
  txHash: z.string(),
  from: z.string(),
  to: z.string(),
  amountUnits: decimal,
  atMs: z.number(),
});

const SUMS = 'received_units AS received, sent_units AS sent, fee_units AS fees';

/**
 * What accounts received, sent and paid: by the blocks that were verified here, and no node's word. It is known from the
 * first block on that was taken in for an account.
 */
export class AccountActivity {
  readonly #database: Database;
  readonly #limits: ActivityLimits;

  constructor(database: Database, limits = LIMITS) {
    this.#database = database;
    this.#limits = limits;
  }

  /** Takes a verified block in; one that was taken before changes nothing. @throws AppError `disk_full`, `database_*` */
  takeBlock({ block, txHashes }: VerifiedBlock, chapter: number, accounts: readonly Address[]): void {
    inTransaction(this.#database, () => {
      for (const account of accounts) this.#take(block, txHashes, { chapter, account });
    });
  }

  /** The chain no longer has the blocks from this height on. @throws as `takeBlock` */
  rollBack(chapter: number, fromHeight: number): void {
    inTransaction(this.#database, () => {
      for (const table of ['account_blocks', 'account_transfers'])
        this.#database.run(`DELETE FROM ${table} WHERE chapter = ? AND height >= ?`, chapter, fromHeight);
      // Of older ones only the sum is left: it is counted anew from where the chain goes on.
      this.#database.run(
        'DELETE FROM account_totals WHERE chapter = ? AND folded_height >= ?',
        chapter,
        fromHeight,
      );
    });
  }

  /** An account's sums in a chapter; null where no block was taken in for it. */
  totals(chapter: number, account: Address): AccountTotals | null {
    const folded = this.#totals({ chapter, account });
    if (folded === null) return null;
    const { sinceHeight } = folded;
    const rows = this.#database.all(
      `SELECT rowid, ${SUMS} FROM account_blocks WHERE chapter = ? AND account = ? AND height >= ?`,
      chapter,
      account,
      sinceHeight,
    );
    const blocks = fitting(this.#database, 'account_blocks', blockSchema, rows);
    return { sinceHeight, ...[folded, ...blocks].reduce<Sums>(plus, NOTHING) };
  }

  /** An account's newest transfers in a chapter, newest first. */
  transfers(chapter: number, account: Address, count: number): SeenTransfer[] {
    const rows = this.#database.all(
      `SELECT rowid, height, tx_hash AS txHash, sender AS "from", recipient AS "to", amount_units AS amountUnits, at AS atMs
       FROM account_transfers WHERE chapter = ? AND account = ? ORDER BY height DESC, tx_index DESC LIMIT ?`,
      chapter,
      account,
      count,
    );
    return fitting(this.#database, 'account_transfers', transferSchema, rows);
  }

  #take(
    { header: { height, timestamp }, txs }: VerifiedBlock['block'],
    txHashes: readonly string[],
    of: { readonly chapter: number; readonly account: Address },
  ): void {
    const totals = this.#totals(of) ?? this.#begin(of, height);
    // Of what was folded nothing is said anew.
    if (height <= totals.foldedHeight) return;
    const { chapter, account } = of;
    const mine = txs.filter(({ from, to }) => from === account || to === account);
    if (mine.length === 0) return;
    const { received, sent, fees } = mine.map((tx) => sumsOf(tx, account)).reduce(plus, NOTHING);
    this.#database.run(
      'INSERT OR IGNORE INTO account_blocks VALUES (?, ?, ?, ?, ?, ?)',
      chapter,
      account,
      height,
      received.toString(),
      sent.toString(),
      fees.toString(),
    );
    txs.forEach(({ type, from, to, amount }, index) => {
      if (type !== 'TRANSFER' || (from !== account && to !== account)) return;
      this.#database.run(
        'INSERT OR IGNORE INTO account_transfers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        chapter,
        account,
        height,
        index,
        txHashes[index] ?? '',
        from,
        to ?? '',
        amount.toString(),
        timestamp * 1000,
      );
    });
    // Not at each block: it looks through what there is.
    if (height % 256 === 0) this.#fold(of, totals);
  }

  #begin({ chapter, account }: { chapter: number; account: Address }, height: number): Totals {
    this.#database.run(
      "INSERT OR REPLACE INTO account_totals VALUES (?, ?, ?, ?, '0', '0', '0')",
      chapter,
      account,
      height,
      height - 1,
    );
    return { sinceHeight: height, foldedHeight: height - 1, ...NOTHING };
  }

  #totals({ chapter, account }: { chapter: number; account: Address }): Totals | null {
    const row = this.#database.get(
      `SELECT rowid, since_height AS sinceHeight, folded_height AS foldedHeight, ${SUMS}
       FROM account_totals WHERE chapter = ? AND account = ?`,
      chapter,
      account,
    );
    const rows = row === undefined ? [] : [row];
    return fitting(this.#database, 'account_totals', totalsSchema, rows)[0] ?? null;
  }

  /** Adds the oldest blocks to the sum where there are more than are kept; lets the oldest transfers go. */
  #fold({ chapter, account }: { chapter: number; account: Address }, totals: Totals): void {
    const { blocks, transfers } = this.#limits;
    const nth = (table: string, count: number) => {
      const row = this.#database.get(
        `SELECT height FROM ${table} WHERE chapter = ? AND account = ? ORDER BY height DESC LIMIT 1 OFFSET ?`,
        chapter,
        account,
        count,
      );
      return (row as { height: number } | undefined)?.height ?? -1;
    };
    const upTo = nth('account_blocks', blocks);
    if (upTo >= 0) {
      const which = 'FROM account_blocks WHERE chapter = ? AND account = ? AND height <= ?';
      // Older ones are left where the sum was damaged, and begun anew.
      const rows = this.#database.all(
        `SELECT rowid, ${SUMS} ${which} AND height >= ?`,
        chapter,
        account,
        upTo,
        totals.sinceHeight,
      );
      const { received, sent, fees } = fitting(
        this.#database,
        'account_blocks',
        blockSchema,
        rows,
      ).reduce<Sums>(plus, totals);
      this.#database.run(`DELETE ${which}`, chapter, account, upTo);
      this.#database.run(
        `UPDATE account_totals SET folded_height = ?, received_units = ?, sent_units = ?, fee_units = ?
         WHERE chapter = ? AND account = ?`,
        upTo,
        received.toString(),
        sent.toString(),
        fees.toString(),
        chapter,
        account,
      );
    }
    this.#database.run(
      'DELETE FROM account_transfers WHERE chapter = ? AND account = ? AND height <= ?',
      chapter,
      account,
      nth('account_transfers', transfers),
    );
  }
}

function sumsOf(tx: Transaction, account: Address): Sums {
  const isMine = tx.from === account;
  return {
    received: tx.type === 'TRANSFER' && tx.to === account ? tx.amount : 0n,
    sent: isMine ? tx.amount : 0n,
    fees: isMine ? (baseGas(tx.type) ?? 0n) * tx.gasPrice : 0n,
  };
}

function plus(a: Sums, b: Sums): Sums {
  return { received: a.received + b.received, sent: a.sent + b.sent, fees: a.fees + b.fees };
}
