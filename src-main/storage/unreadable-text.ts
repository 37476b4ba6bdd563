import { isUtf8 } from 'node:buffer';
import type { Database } from './database';
import { keepCopy, type StoredTable, textColumns } from './set-aside';
import { inTransaction } from './transaction';

const TABLES: readonly StoredTable[] = [
  'settings',
  'chapters',
  'tasks',
  'task_history',
  'kernel_choices',
  'self_check_failures',
];
const ROWS_AT_A_TIME = 500;

/**
 * Looks for text that is not UTF-8, over which the library ends the whole process when it is read: SQLite itself does
 * not mind it, nor does its check. Such a row is kept in `set_aside`, and what can't be read of it is replaced (by
 * U+FFFD), so that whoever reads it next can judge what is left.
 */
export function mendText(database: Database): void {
  for (const table of TABLES) {
    const texts = textColumns(database, table);
    let after = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const { last, bytes } = bytesAfter(database, table, texts, after, ROWS_AT_A_TIME);
      if (last === null) break;
      if (!isUtf8(bytes))
        for (const rowid of damagedAfter(database, table, texts, after)) mend(database, table, texts, rowid);
      after = last;
    }
  }
}

function damagedAfter(database: Database, table: StoredTable, texts: string[], first: number): number[] {
  const damaged: number[] = [];
  let after = first;
  for (let row = 0; row < ROWS_AT_A_TIME; row++) {
    const { last, bytes } = bytesAfter(database, table, texts, after, 1);
    if (last === null) break;
    if (!isUtf8(bytes)) damaged.push(last);
    after = last;
  }
  return damaged;
}

/** All text of the next rows, and the last one's rowid; null after the table's end. */
function bytesAfter(
  database: Database,
  table: StoredTable,
  texts: string[],
  after: number,
  count: number,
): { last: number | null; bytes: Uint8Array } {
  // A line end between any two, which belongs to no sequence that another one broke off.
  const row = database.get(
    `SELECT max(id) AS last, CAST(group_concat(line, char(10)) AS BLOB) AS bytes FROM
       (SELECT rowid AS id, concat_ws(char(10), ${texts}) AS line FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ?)`,
    after,
    count,
  ) as { last: number | null; bytes: ArrayBuffer | Uint8Array | null };
  return { last: row.last, bytes: new Uint8Array(row.bytes ?? new ArrayBuffer(0)) };
}

function mend(database: Database, table: StoredTable, texts: string[], rowid: number): void {
  inTransaction(database, () => {
    keepCopy(database, { table, rowid, reason: 'text that is not UTF-8' });
    const hexes = texts.map((name) => `hex(${name}) AS ${name}, ${name} IS NULL AS ${name}_is_null`);
    const row = database.get(`SELECT ${hexes.join(', ')} FROM ${table} WHERE rowid = ?`, rowid) as Record<
      string,
      string | number
    >;
    const values = texts.map((name) =>
      row[`${name}_is_null`] === 1 ? null : Buffer.from(String(row[name]), 'hex').toString('utf8'),
    );
    const sets = texts.map((name) => `${name} = ?`).join(', ');
    const { changes } = database.run(
      `UPDATE OR IGNORE ${table} SET ${sets} WHERE rowid = ?`,
      ...values,
      rowid,
    );
    // Another row has the name that is left of its own.
    if (changes === 0) database.run(`DELETE FROM ${table} WHERE rowid = ?`, rowid);
  });
}
