import type { z } from 'zod';
import type { Database } from '../storage/database';
import { keepCopy } from '../storage/set-aside';
import { inTransaction } from '../storage/transaction';
import { LostTasks } from './lost-tasks';
import { rebuiltRow } from './rebuilt-row';
import { type Damage, readRecord, type SqlRow, type TaskRecord } from './task-record';

/**
 * Reads rows of tasks, whatever the disk made of them: one that is damaged is mended where what is left of it will do,
 * else set aside. Throws as `Database` does.
 */
export class TaskRows {
  protected readonly database: Database;
  protected readonly lost: LostTasks;

  constructor(database: Database, now: () => number) {
    this.database = database;
    this.lost = new LostTasks(database, now);
  }

  /** Rows of a query that names the tasks they are of; a task that is damaged is set aside, and has none. */
  protected rows<T>(schema: z.ZodType<T>, sql: string, ...values: (string | number)[]): T[] {
    const seen = new Set<number>();
    for (;;) {
      const rows = this.database.all(sql, ...values).map((row) => ({ row, ...schema.safeParse(row) }));
      const damaged = rows
        .filter(({ success }) => !success)
        .map(({ row }) => (row as { id: number }).id) // as the query names it
        .filter((id) => !seen.has(id));
      if (damaged.length === 0) return rows.flatMap(({ success, data }) => (success ? [data as T] : []));
      for (const id of damaged) {
        seen.add(id);
        this.select('id = ?', id);
      }
    }
  }

  /** The tasks of a condition. */
  protected select(where: string, ...values: (string | number | null)[]): TaskRecord[] {
    const rows = this.database.all(`SELECT * FROM tasks WHERE ${where}`, ...values) as SqlRow[];
    return rows.flatMap((row) => this.read(row) ?? []);
  }

  /** The first of the tasks that `select` reads, by itself; null where there is none. */
  protected selectOne(where: string, ...values: (string | number)[]): TaskRecord | null {
    const sql = `SELECT * FROM tasks WHERE ${where} LIMIT 1`;
    for (;;) {
      const row = this.database.get(sql, ...values) as SqlRow | undefined;
      const record = this.read(row);
      // Of one that was set aside the next takes the place.
      if (row === undefined || record !== null) return record;
    }
  }

  /** The task of a row; null where there is none, or where it was set aside. */
  protected read(row: SqlRow | undefined): TaskRecord | null {
    if (row === undefined) return null;
    const read = readRecord(row);
    return 'columns' in read ? this.#mended(row, read) : read;
  }

  #mended(row: SqlRow, { reason, columns, isMendable }: Damage): TaskRecord | null {
    const without = Object.fromEntries(columns.map((column) => [column, null]));
    const mended = isMendable ? { ...row, ...without } : rebuiltRow(row);
    const record = readRecord(mended);
    if (mended !== null && !('columns' in record) && this.#replace(row, mended, reason)) return record;
    this.lost.take(row, reason);
    return null;
  }

  /** @returns false where another task has taken the place meanwhile */
  #replace(row: SqlRow, mended: SqlRow, reason: string): boolean {
    const changed = Object.entries(mended).filter(([column, value]) => value !== row[column]);
    return inTransaction(this.database, () => {
      keepCopy(this.database, { table: 'tasks', rowid: Number(row.id), reason });
      const sets = changed.map(([column]) => `${column} = ?`).join(', ');
      const values = changed.map(([, value]) => value);
      return (
        this.database.run(`UPDATE OR IGNORE tasks SET ${sets} WHERE id = ?`, ...values, Number(row.id))
          .changes === 1
      );
    });
  }
}
