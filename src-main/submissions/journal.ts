import type { Address } from '../../src-shared/chain/address';
import type { BlockHash } from '../../src-shared/chain/block';
import type { ErrorReport } from '../../src-shared/errors';
import type { TaskState } from '../../src-shared/ipc/task-state';
import { type Flush, inTransaction } from '../storage/transaction';
import { IN_BLOCKS, JournalReadings } from './journal-readings';
import { patchColumns, type SqlRow, type TaskPatch, type TaskRecord, type Transfer } from './task-record';
import { TRANSITIONS } from './task-states';

/** A task as planned, before anything was done for it. */
export type PlannedTask = {
  readonly chapter: number;
  readonly account: Address;
  readonly taskId: string;
  readonly blockHeight: number;
  readonly blockHash: BlockHash;
  readonly taskNonce: number;
  readonly matrixSize: number;
  /** The validator's job that it is, by its row; left out for a task of the block's own. */
  readonly job?: number;
  /** Set where a person sends it themselves. */
  readonly byHand?: true;
  /** What it sends to whom, where it is no result. */
  readonly transfer?: Transfer | null;
};

/** Told of each committed change. */
export type JournalListener = (record: TaskRecord) => void;

/**
 * Reached without anything leaving the machine, and after a power cut found again, from the chain or by computing: a
 * result is sent at once or waits for less than the time a machine needs to come back. What is sent is flushed, and
 * takes what came before it to the disk.
 */
const FOUND_AGAIN: ReadonlySet<TaskState> = new Set([
  'planned',
  'computed',
  'in_pool',
  'confirmed',
  'proved',
]);

/**
 * The crash-safe record of every task. Each method that changes something has committed when it returns, unless within
 * `inOneCommit`; what the outside world is acted on for is on the disk by then. Throws AppError `disk_full` or
 * `database_failed`; after a throw the change did not happen.
 */
export class Journal extends JournalReadings {
  readonly #listeners = new Set<JournalListener>();
  #revision = 0;
  /** The changes of the commit under way: nobody is told of them before. */
  #uncommitted: TaskRecord[] | null = null;

  /** Grows with every committed change since the app started: what was read at another revision may be out of date. */
  get revision(): number {
    return this.#revision;
  }

  /** Calls back after each commit; returns the function that stops it. */
  onChange(listener: JournalListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Makes one commit of all that is changed meanwhile: all of it or nothing. Listeners are told of each change after it.
   * @param flush `unflushed` only for what is found again, as a verified block is
   * @throws what `work` throws; AppError `disk_full`, `database_failed`
   */
  inOneCommit<T>(work: () => T, flush: Flush = 'flushed'): T {
    if (this.#uncommitted !== null) return work();
    const changed: TaskRecord[] = [];
    this.#uncommitted = changed;
    let value: T;
    try {
      value = inTransaction(this.database, work, flush);
    } finally {
      this.#uncommitted = null;
    }
    for (const record of changed) this.#tell(record);
    return value;
  }

  /** Adds a task in state `planned`, or gives null where this chapter has it already, or had. */
  plan(task: PlannedTask): TaskRecord | null {
    if (this.lost.has(task.chapter, task)) return null;
    const planned = inTransaction(this.database, () => this.#insert(task), 'unflushed');
    return planned === null ? null : this.#changed(planned);
  }

  /** Adds a task whose result there is already, as `plan` does, in state `computed`. */
  addComputed(task: PlannedTask, result: TaskPatch): TaskRecord | null {
    if (this.lost.has(task.chapter, task)) return null;
    const computed = inTransaction(this.database, () => {
      const planned = this.#insert(task);
      return planned && this.#move(planned, 'computed', result);
    });
    return computed === null ? null : this.#changed(computed);
  }

  /** @returns null where there is one already */
  #insert(task: PlannedTask): TaskRecord | null {
    return this.#keeping(() => this.#insertAt(task, this.now()));
  }

  #insertAt(task: PlannedTask, now: number): TaskRecord | null {
    const planned = this.#write(
      `INSERT INTO tasks (chapter, account, task_id, block_height, block_hash, task_nonce, matrix_size, job, by_hand,
           recipient, amount_units, state, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?, ?) ON CONFLICT (chapter, task_id) DO NOTHING
         RETURNING *`,
      task.chapter,
      task.account,
      task.taskId,
      task.blockHeight,
      task.blockHash,
      task.taskNonce,
      task.matrixSize,
      task.job ?? null,
      task.byHand === true ? 1 : 0,
      task.transfer?.to ?? null,
      task.transfer?.amountUnits.toString() ?? null,
      now,
      now,
    );
    if (planned !== null) this.#remember(planned.id, 'planned', now);
    return planned;
  }

  /**
   * Moves a task on, setting `patch` with it.
   * @throws Error for a move TRANSITIONS does not have: a mistake in the program, not in the world
   */
  move(record: TaskRecord, to: TaskState, patch: TaskPatch = {}): TaskRecord {
    const flush = FOUND_AGAIN.has(to) ? 'unflushed' : 'flushed';
    return this.#changed(inTransaction(this.database, () => this.#move(record, to, patch), flush));
  }

  /** Moves tasks on as `move` does, all of them or none. */
  moveAll(records: readonly TaskRecord[], to: TaskState, patch: (record: TaskRecord) => TaskPatch): void {
    const moved = inTransaction(this.database, () =>
      records.map((record) => this.#move(record, to, patch(record))),
    );
    for (const record of moved) this.#changed(record);
  }

  /**
   * Ends a chapter's tasks that were proved at this height or higher and whose bytes were pruned, so that their nonces
   * are free: they can't be sent again. Listeners are told of the newest only. @returns how many they were
   */
  expirePruned(chapter: number, fromHeight: number, reason: ErrorReport): number {
    const which = `chapter = ? AND confirmed_height >= ? AND ${IN_BLOCKS} AND state = 'proved' AND raw IS NULL`;
    const now = this.now();
    const { newest, changes } = inTransaction(this.database, () => {
      const row = this.database.get(`SELECT max(id) AS id FROM tasks WHERE ${which}`, chapter, fromHeight);
      this.database.run(
        `INSERT INTO task_history (task, state, at) SELECT id, 'expired', ? FROM tasks WHERE ${which} ORDER BY id`,
        now,
        chapter,
        fromHeight,
      );
      const updated = this.database.run(
        `UPDATE tasks SET state = 'expired', confirmed_height = NULL, confirmed_index = NULL, evidence = NULL,
           reason = ?, updated_at = ? WHERE ${which}`,
        JSON.stringify(reason),
        now,
        chapter,
        fromHeight,
      );
      return { newest: (row as { id: number | null }).id, changes: updated.changes };
    });
    const [record] = newest === null ? [] : this.select('id = ?', newest);
    if (record !== undefined) this.#changed(record);
    return changes;
  }

  /** Sets columns without moving the task. */
  note(record: TaskRecord, patch: TaskPatch): TaskRecord {
    const update = () => this.#keeping(() => this.#update(record, patchColumns(patch), this.now()));
    return this.#changed(inTransaction(this.database, update) ?? this.#reread(record));
  }

  /**
   * Lets a task go again whose nonce another transaction took. What was signed for it is kept: where the chain goes back,
   * that may be alive.
   */
  goAgain(record: TaskRecord): TaskRecord {
    return this.inOneCommit(() => {
      this.#keepTransaction(record);
      return this.move(record, 'computed', { accountNonce: null, raw: null, txHash: null, sends: 0 });
    });
  }

  /**
   * Gives a task, of this chapter or else of any, the transaction that was signed for it before: a verified block holds
   * it. What it has now is kept in its place.
   * @returns null where no task had it, or the task is in a block by now: then a second result of it was paid for
   */
  takeUpAgain(chapter: number, txHash: string): TaskRecord | null {
    const other = this.otherTransaction(chapter, txHash);
    const [record] = other === null ? [] : this.select(`id = ? AND NOT (${IN_BLOCKS})`, other.task);
    if (other === null || record === undefined) return null;
    const { accountNonce, feeUnits, raw } = other;
    return this.inOneCommit(() => {
      this.#keepTransaction(record);
      return this.note(record, { txHash, accountNonce, feeUnits, raw, sends: Math.max(1, record.sends) });
    });
  }

  #keepTransaction({ id, txHash, accountNonce, feeUnits, raw }: TaskRecord): void {
    // Without a signature there is nothing that a block could hold.
    if (txHash === null || accountNonce === null || raw === null) return;
    this.database.run(
      `INSERT INTO other_transactions (task, tx_hash, account_nonce, fee_units, raw) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
      id,
      txHash,
      accountNonce.toString(),
      feeUnits?.toString() ?? null,
      raw,
    );
  }

  /** Gives a task over to the chapter whose chain took its transaction. */
  adopt(record: TaskRecord, chapter: number): TaskRecord {
    const sql = 'UPDATE tasks SET chapter = ? WHERE id = ? RETURNING *';
    const give = () => this.#keeping(() => this.#write(sql, chapter, record.id));
    return this.#changed(inTransaction(this.database, give) ?? this.#reread(record));
  }

  #move(record: TaskRecord, to: TaskState, patch: TaskPatch): TaskRecord {
    if (!TRANSITIONS[record.state].includes(to)) {
      throw new Error(`task ${record.taskId} can't go from ${record.state} to ${to}`);
    }
    const now = this.now();
    const move = () => {
      const moved = this.#update(record, [['state', to], ...patchColumns(patch)], now);
      if (moved === null) throw new Error(`task ${record.taskId} is no longer ${record.state}`);
      this.#remember(record.id, to, now);
      return moved;
    };
    return this.#keeping(move, to === 'signed' ? now : null);
  }

  /** Makes a change, and brings up to it what is known of the tasks. */
  #keeping<T extends TaskRecord | null>(change: () => T, signedAtMs: number | null = null): T {
    const before = this.revisions();
    const record = change();
    if (record !== null) this.keep(record, before, signedAtMs);
    return record;
  }

  /** @returns null where the task is in another state by now */
  #update(record: TaskRecord, columns: [string, string | number | null][], now: number): TaskRecord | null {
    const sets = [...columns.map(([column]) => `${column} = ?`), 'updated_at = ?'].join(', ');
    const values = [...columns.map(([, value]) => value), now];
    return this.#write(
      `UPDATE tasks SET ${sets} WHERE id = ? AND state = ? RETURNING *`,
      ...values,
      record.id,
      record.state,
    );
  }

  #reread({ id }: TaskRecord): TaskRecord {
    const [record] = this.select('id = ?', id);
    if (record === undefined) throw new Error(`task row ${id} is gone`);
    return record;
  }

  /** The one task that a statement changes, or null. */
  #write(sql: string, ...values: (string | number | null)[]): TaskRecord | null {
    return this.read(this.database.get(sql, ...values) as SqlRow | undefined);
  }

  #remember(task: number, state: TaskState, now: number): void {
    this.database.run('INSERT INTO task_history (task, state, at) VALUES (?, ?, ?)', task, state, now);
  }

  #changed(record: TaskRecord): TaskRecord {
    if (this.#uncommitted === null) this.#tell(record);
    else this.#uncommitted.push(record);
    return record;
  }

  #tell(record: TaskRecord): void {
    this.#revision += 1;
    for (const listener of this.#listeners) listener(record);
  }
}
