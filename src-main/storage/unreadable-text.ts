import { isUtf8 } from 'node:buffer';
import type { Database } from './database';
import { keepCopy, type StoredTable, textColumns } from './set-aside';
import { inTransaction } from './transaction';

const ROWS_AT_A_TIME = 500;
// A job's answer may have a whole matrix in it.
const BYTES_AT_A_TIME = 16 * 2 ** 20;

/**
 * Looks for text that is not UTF-8, over which the library ends the whole process when it is read: SQLite itself does
 * not mind it, nor does its check. Such a row is kept in `set_aside`, and what can't be read of it is replaced (by
 * U+FFFD), so that whoever reads it next can judge what is left.
 */
export function mendText(database: Database): void {
  for (const table of tables(database)) {
    const texts = textColumns(database, table);
    let after = Number.MIN_SAFE_INTEGER;
    while (texts.length > 0) {
      const rows = rowsAfter(database, table, texts, after);
      const last = rows.at(-1);
      if (last === undefined) break;
      const isText = (rowids: readonly number[]) => isUtf8(bytesOf(database, table, texts, rowids));
      if (!isText(rows)) for (const rowid of rows) if (!isText([rowid])) mend(database, table, texts, rowid);
      after = last;
    }
  }
}

/** Every table that something is read from. */
function tables(database: Database): StoredTable[] {
  const rows = database.all(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'set_aside'",
  );
  return (rows as { name: StoredTable }[]).map(({ name }) => name);
}

/** The next rows whose text is looked at in one go; none after the table's end. */
function rowsAfter(database: Database, table: StoredTable, texts: string[], after: number): number[] {
  const lengths = texts.map((name) => `coalesce(octet_length(${name}), 0)`).join(' + ');
  const rows = database.all(
    `SELECT rowid AS id, ${lengths} AS bytes FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ?`,
    after,
    ROWS_AT_A_TIME,
  ) as { id: number; bytes: number }[];
  let left = BYTES_AT_A_TIME;
  const end = rows.findIndex(({ bytes }) => {
    left -= bytes;
    return left < 0;
  });
  return rows.slice(0, end === -1 ? rows.length : Math.max(1, end)).map(({ id }) => id);
}

/** All text of rows, which are next to each other. */
function bytesOf(
  database: Database,
  table: StoredTable,
  texts: string[],
  rowids: readonly number[],
): Uint8Array {
  // A line end between any two, which belongs to no sequence that another one broke off.
  const { bytes } = database.get(
    `SELECT CAST(group_concat(line, char(10)) AS BLOB) AS bytes FROM
       (SELECT concat_ws(char(10), ${texts}) AS line FROM ${table} WHERE rowid BETWEEN ? AND ?)`,
    rowids[0] ?? 0,
    rowids.at(-1) ?? 0,
  ) as { bytes: ArrayBuffer | Uint8Array | null };
  return new Uint8Array(bytes ?? new ArrayBuffer(0));
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
