import { z } from 'zod';
import type { Address } from '../../src-shared/chain/address';
import type { TaskQuery } from '../../src-shared/ipc/contract';
import { TASK_STATES, type TaskState } from '../../src-shared/ipc/task-state';
import { CURRENT_CHAPTERS, type FollowedBlock } from '../storage/chapters';
import type { Database } from '../storage/database';
import { fitting } from '../storage/set-aside';
import { ConfirmedNonces, type HighestNonce } from './confirmed-nonces';
import type { HeldNonce } from './lost-tasks';
import { type SignedFee, SignedFees } from './signed-fees';
import { conditionOf, type TaskChoice } from './task-query';
import type { SqlRow, TaskRecord } from './task-record';
import { TaskRows } from './task-rows';
import { DOUBTFUL_STATES, ENDED_STATES, SPENDING_STATES } from './task-states';

// Word for word as the schema's indexes have them: SQLite uses a partial index only where it finds its very condition.
const LIVE = `state NOT IN (${names(ENDED_STATES)})`;
export const IN_BLOCKS = "state IN ('confirmed', 'proved')";

const decimal = z
  .string()
  .regex(/^\d{1,40}$/)
  .transform(BigInt);
const nonceSchema = z.object({ id: z.number(), nonce: decimal });
const feeSchema = z.object({ id: z.number(), atMs: z.number(), units: decimal, nonce: z.string() });
const blockSchema = z.object({ height: z.number(), hash: z.string().regex(/^[0-9a-f]{64}$/) });
const historySchema = z.object({ state: z.enum(TASK_STATES), atMs: z.number() });

const otherSchema = z.object({
  rowid: z.number(),
  task: z.number(),
  accountNonce: decimal,
  feeUnits: decimal.nullable(),
  raw: z.string(),
});

/** What tells that nothing was changed that is kept of tasks. */
export type Revisions = { readonly tasks: number; readonly fees: number };

/** What the journal holds, for reading: every method that runs for each block goes through an index. */
export class JournalReadings extends TaskRows {
  protected readonly now: () => number;
  readonly #fees: SignedFees;
  readonly #nonces: ConfirmedNonces;
  #live: { readonly chapter: number; readonly revision: number; readonly records: TaskRecord[] } | null =
    null;

  constructor(database: Database, now: () => number) {
    super(database, now);
    this.#fees = new SignedFees(
      (account, sinceMs) => this.#readFees(account, sinceMs),
      () => Math.max(database.revisionOf('tasks'), database.revisionOf('task_history')),
    );
    this.#nonces = new ConfirmedNonces(
      (chapter, account) => this.#readHighestNonce(chapter, account),
      () => database.revisionOf('tasks'),
    );
    this.now = now;
  }

  /** Tasks of a chapter still being worked on, oldest first; asked again and again, and kept up with each change. */
  live(chapter: number): readonly TaskRecord[] {
    const known = this.#live;
    if (known?.chapter === chapter && known.revision === this.database.revisionOf('tasks'))
      return known.records;
    const records = this.select(`chapter = ? AND ${LIVE} ORDER BY id`, chapter);
    // Afterwards: what is damaged was set aside by the reading.
    this.#live = { chapter, revision: this.database.revisionOf('tasks'), records };
    return records;
  }

  /** By what `keep` tells that nothing else was changed meanwhile. */
  protected revisions(): Revisions {
    return { tasks: this.database.revisionOf('tasks'), fees: this.#fees.revision };
  }

  /**
   * A task was added or changed: what is known of the tasks under way, of fees and of nonces is brought up to it.
   * @param before as they were ahead of the change
   * @param signedAtMs the time where the change was its signing, else null
   */
  protected keep(record: TaskRecord, before: Revisions, signedAtMs: number | null): void {
    this.#keepLive(record, before.tasks);
    this.#nonces.keep(record, before.tasks);
    this.#fees.keep(record, before.fees, signedAtMs);
  }

  #keepLive(record: TaskRecord, before: number): void {
    const known = this.#live;
    if (known?.revision !== before) return;
    const isLive = record.chapter === known.chapter && !ENDED_STATES.includes(record.state);
    const at = known.records.findIndex(({ id }) => id >= record.id);
    const records = [...known.records];
    const start = at === -1 ? records.length : at;
    records.splice(start, Number(records[start]?.id === record.id), ...(isLive ? [record] : []));
    this.#live = { ...known, revision: this.database.revisionOf('tasks'), records };
  }

  /**
   * Tasks still being worked on whose chain the person has given up: their node shows another one now.
   * @param current a chapter that is not given up
   */
  liveInEndedChapters(current: number): TaskRecord[] {
    const other = (by: '<' | '>') => `SELECT 1 FROM tasks WHERE chapter ${by} ?1 AND ${LIVE}`;
    // As nearly always: which chapters are given up takes longer to find out.
    if (this.database.get(`${other('<')} UNION ALL ${other('>')} LIMIT 1`, current) === undefined) return [];
    return this.select(
      `chapter IN (SELECT id FROM chapters WHERE id NOT IN (${CURRENT_CHAPTERS})) AND ${LIVE} ORDER BY id`,
    );
  }

  /** How many results of validators' jobs are on their way to a block of a chapter. */
  countJobsUnderWay(chapter: number): number {
    return this.live(chapter).filter(({ job, state }) => job !== null && state !== 'confirmed').length;
  }

  /** Tasks of a chapter that nothing has been computed for yet, oldest first. */
  planned(chapter: number): TaskRecord[] {
    return this.live(chapter).filter(({ state }) => state === 'planned');
  }

  /** Nonces that an account's tasks of a chapter hold which are still being worked on, but for one task's by its row. */
  heldByOthers({
    chapter,
    account,
    id,
  }: Pick<TaskRecord, 'chapter' | 'account'> & { id?: number }): ReadonlySet<bigint> {
    const others = this.live(chapter).filter((task) => task.account === account && task.id !== id);
    return new Set(others.flatMap(({ accountNonce }) => accountNonce ?? []));
  }

  /** The newest tasks, newest first. */
  newest(count: number): TaskRecord[] {
    // By its key, from the end: next to nothing is walked.
    return this.select('id > 0 AND recipient IS NULL ORDER BY id DESC LIMIT ?', count);
  }

  /** An account's newest transfers in a chapter that no verified block has shown, newest first: under way, or failed. */
  transfersNotInBlocks(chapter: number, account: Address, count: number): TaskRecord[] {
    return this.select(
      `recipient IS NOT NULL AND chapter = ? AND account = ? AND NOT (${IN_BLOCKS}) ORDER BY id DESC LIMIT ?`,
      chapter,
      account,
      count,
    );
  }

  /** Tasks of a chapter whose transaction was sent, whose bytes are kept, and that were given up, newest first. */
  abandonedAfterSending(chapter: number): TaskRecord[] {
    return this.select(
      "chapter = ? AND state = 'abandoned' AND sends > 0 AND raw IS NOT NULL ORDER BY id DESC",
      chapter,
    );
  }

  /**
   * Tasks of a chapter whose nonce another transaction took, and whose block is this high or higher, oldest first; what
   * a person sent is not theirs to sign again.
   * @param jobHeight the same for validators' jobs
   */
  supersededFrom(chapter: number, blockHeight: number, jobHeight: number): TaskRecord[] {
    return this.select(
      `chapter = ? AND state = 'superseded' AND block_height >= iif(job IS NULL, ?, ?) AND by_hand = 0 ORDER BY id`,
      chapter,
      blockHeight,
      jobHeight,
    );
  }

  /** The task of a chapter with this transaction, whatever became of it. */
  byTxHash(chapter: number, txHash: string): TaskRecord | null {
    return this.selectOne('chapter = ? AND tx_hash = ?', chapter, txHash);
  }

  /** The newest task of another chapter with this transaction: the node showed that chain when it was made. */
  ofOtherChapter(chapter: number, txHash: string): TaskRecord | null {
    return this.selectOne('chapter <> ? AND tx_hash = ? ORDER BY id DESC', chapter, txHash);
  }

  /** A transaction that was signed for a task of this chapter, or else of any, other than the one it has now; or null. */
  protected otherTransaction(chapter: number, txHash: string): z.infer<typeof otherSchema> | null {
    const rows = this.database.all(
      `SELECT o.rowid AS rowid, o.task AS task, o.account_nonce AS accountNonce, o.fee_units AS feeUnits, o.raw AS raw
       FROM other_transactions o JOIN tasks t ON t.id = o.task
       WHERE o.tx_hash = ? ORDER BY t.chapter = ? DESC, t.id DESC LIMIT 1`,
      txHash,
      chapter,
    );
    return fitting(this.database, 'other_transactions', otherSchema, rows)[0] ?? null;
  }

  /** The block that the highest result in a block of this height or lower was computed from, or null. */
  minedBlockUpTo(chapter: number, height: number): FollowedBlock | null {
    return this.#minedBlock('confirmed_height <= ? ORDER BY confirmed_height DESC', chapter, height);
  }

  /** The block that the lowest result in a block was computed from, or null. */
  lowestMinedBlock(chapter: number): FollowedBlock | null {
    return this.#minedBlock('confirmed_height >= ? ORDER BY confirmed_height', chapter, 0);
  }

  /** The highest nonce of an account that is known to be in a chapter's blocks, or null. */
  highestConfirmedNonce(chapter: number, account: Address): bigint | null {
    return this.#nonces.highest(chapter, account);
  }

  #readHighestNonce(chapter: number, account: Address): HighestNonce | null {
    const rows = this.rows(
      nonceSchema,
      `SELECT id, nonce FROM (SELECT id, account_nonce AS nonce FROM tasks
         WHERE chapter = ? AND account = ? AND ${IN_BLOCKS} ORDER BY id DESC LIMIT 100)
       ORDER BY nonce GLOB '*[^0-9]*' DESC, length(nonce) DESC, nonce DESC LIMIT 1`,
      chapter,
      account,
    );
    return rows[0] ?? null;
  }

  /**
   * Fees of an account's transactions that were signed since a time and are or may come into a block, oldest first. A
   * nonce is paid for once, whatever was signed for it: the highest fee, at the latest time. What a person sent
   * themselves is left out.
   */
  feesSince(account: Address, sinceMs: number): { atMs: number; units: bigint }[] {
    const all = [...this.#fees.since(account, sinceMs), ...this.lost.feesSince(account, sinceMs)].toSorted(
      (a, b) => a.atMs - b.atMs,
    );
    const fees = new Map<string, { atMs: number; units: bigint }>();
    for (const { atMs, units, nonce } of all) {
      const other = fees.get(nonce)?.units ?? 0n;
      // Put in anew, so that the latest stays last.
      fees.delete(nonce);
      fees.set(nonce, { atMs, units: units > other ? units : other });
    }
    return [...fees.values()];
  }

  #readFees(account: Address, sinceMs: number): SignedFee[] {
    return this.rows(
      feeSchema,
      `SELECT t.id AS id, max(h.at) AS atMs, t.fee_units AS units, t.chapter || '/' || t.account_nonce AS nonce
       FROM task_history h JOIN tasks t ON t.id = h.task
       WHERE h.at > ? AND h.state = 'signed' AND t.account = ? AND t.by_hand = 0 AND (t.state IN (${names(SPENDING_STATES)})
         OR t.state IN (${names(DOUBTFUL_STATES)}) AND t.sends > 0)
       GROUP BY t.id`,
      sinceMs,
      account,
    );
  }

  /**
   * Tasks whose transaction was seen in a block of this height or higher, oldest first. Those whose bytes were pruned
   * can't be sent again and are left out: `expirePruned` ends them.
   */
  confirmedFrom(chapter: number, height: number): TaskRecord[] {
    return this.select(
      `chapter = ? AND confirmed_height >= ? AND ${IN_BLOCKS} AND raw IS NOT NULL ORDER BY id`,
      chapter,
      height,
    );
  }

  /** Of those, the tasks whose transaction was seen in a block of this very height. */
  confirmedAt(chapter: number, height: number): TaskRecord[] {
    return this.select(
      `chapter = ? AND confirmed_height = ? AND ${IN_BLOCKS} AND raw IS NOT NULL ORDER BY id`,
      chapter,
      height,
    );
  }

  /** The newest of a chapter's tasks with this id, or of any chapter where `chapter` is null. */
  byTaskId(taskId: string, chapter: number | null = null): TaskRecord | null {
    return chapter === null
      ? this.selectOne('chapter IN (SELECT id FROM chapters) AND task_id = ? ORDER BY id DESC', taskId)
      : this.selectOne('chapter = ? AND task_id = ?', chapter, taskId);
  }

  /** When a task entered each of its states, oldest first. */
  history(record: TaskRecord): { state: TaskState; atMs: number }[] {
    const rows = this.database.all(
      'SELECT rowid, state, at AS atMs FROM task_history WHERE task = ? ORDER BY rowid',
      record.id,
    );
    return fitting(this.database, 'task_history', historySchema, rows);
  }

  /** One page of tasks, newest first, and how many there are in all. */
  list(query: TaskQuery): { total: number; records: TaskRecord[] } {
    if (query.search !== '') return this.#search(query);
    const { where, values } = conditionOf(query);
    const records = this.select(
      `${where} ORDER BY id DESC LIMIT ? OFFSET ?`,
      ...values,
      query.limit,
      query.offset,
    );
    // Afterwards: what is damaged is set aside, and no longer counted.
    const count = this.database.get(`SELECT COUNT(*) AS total FROM tasks WHERE ${where}`, ...values) as {
      total: number;
    };
    return { total: count.total, records };
  }

  /** One pass for the page and how many there are: what is searched for may be in any task. */
  #search(query: TaskQuery): { total: number; records: TaskRecord[] } {
    const { where, values } = conditionOf(query);
    const found = this.database.get(
      `WITH found AS MATERIALIZED (SELECT id FROM tasks WHERE ${where}),
         page AS (SELECT id FROM found ORDER BY id DESC LIMIT ? OFFSET ?)
       SELECT (SELECT count(*) FROM found) AS total, (SELECT json_group_array(id) FROM page) AS ids`,
      ...values,
      query.limit,
      query.offset,
    ) as { total: number; ids: string };
    const records = this.select('id IN (SELECT value FROM json_each(?)) ORDER BY id DESC', found.ids);
    const asked = (JSON.parse(found.ids) as number[]).length;
    // What is damaged is set aside, and no longer counted.
    return { total: found.total - (asked - records.length), records };
  }

  /** The lowest and the highest row; where there is none, the former is the higher one. */
  idRange(): { readonly lowest: number; readonly highest: number } {
    const range = this.database.get(
      'SELECT (SELECT min(id) FROM tasks) AS lowest, (SELECT max(id) FROM tasks) AS highest',
    ) as { lowest: number | null; highest: number | null };
    return { lowest: range.lowest ?? 1, highest: range.highest ?? 0 };
  }

  /** Tasks of a choice among the rows from one to another, both included, newest first. */
  inRange(choice: TaskChoice, lowest: number, highest: number): TaskRecord[] {
    const { where, values } = conditionOf(choice);
    return this.select(`id >= ? AND id <= ? AND ${where} ORDER BY id DESC`, lowest, highest, ...values);
  }

  /** How many tasks reached each milestone since a time; transfers are none. */
  countSince(sinceMs: number): { computed: number; accepted: number; proved: number } {
    const rows = this.database.all(
      `SELECT state, COUNT(DISTINCT task) AS total FROM task_history
       WHERE at >= ? AND state IN ('computed', 'confirmed', 'proved')
         AND task NOT IN (SELECT id FROM tasks WHERE recipient IS NOT NULL) GROUP BY state`,
      sinceMs,
    ) as { state: TaskState; total: number }[];
    const count = (wanted: TaskState) => rows.find(({ state }) => state === wanted)?.total ?? 0;
    return { computed: count('computed'), accepted: count('confirmed'), proved: count('proved') };
  }

  /** Nonces for which something may have been signed, though the record of it was damaged. */
  heldNonces(chapter: number, account: Address): HeldNonce[] {
    return this.lost.heldNonces(chapter, account);
  }

  /** Whether a transaction of this app's account may be that of a task whose record was damaged. */
  wasLost(chapter: number, txHash: string, nonce: bigint): boolean {
    return this.lost.hasTransaction(chapter, txHash, nonce);
  }

  /**
   * Takes a task out whose record can't be gone by: all of it is kept aside, and its nonce is not signed for again
   * while what was signed for it may be alive.
   */
  setAside({ id }: TaskRecord, reason: string): void {
    const row = this.database.get('SELECT * FROM tasks WHERE id = ?', id) as SqlRow | undefined;
    if (row !== undefined) this.lost.take(row, reason);
  }

  #minedBlock(which: string, chapter: number, height: number): FollowedBlock | null {
    const [block] = this.rows(
      blockSchema,
      `SELECT id, block_height AS height, block_hash AS hash FROM tasks
       WHERE chapter = ? AND ${IN_BLOCKS} AND ${which} LIMIT 1`,
      chapter,
      height,
    );
    return block === undefined ? null : { height: block.height, hash: block.hash };
  }
}

function names(states: readonly TaskState[]): string {
  return states.map((state) => `'${state}'`).join(', ');
}
