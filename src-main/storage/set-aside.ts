import type { z } from 'zod';
import type { Database } from './database';
import { inTransaction } from './transaction';

/** The tables whose rows may be set aside. */
export type StoredTable =
  | 'settings'
  | 'chapters'
  | 'tasks'
  | 'task_history'
  | 'other_transactions'
  | 'lost_tasks'
  | 'kernel_choices'
  | 'self_check_failures'
  | 'jobs'
  | 'account_totals'
  | 'account_blocks'
  | 'account_transfers'
  | 'history_minutes'
  | 'history_hours'
  | 'history_days';

/** A row that was damaged. @param rowid SQLite's own number of it */
export type DamagedRow = { readonly table: StoredTable; readonly rowid: number; readonly reason: string };

type Kept = string | number | null | { readonly hex: string };

/**
 * Moves a damaged row out of the way of those that read it. All of it is kept, in `set_aside`; whoever watches the
 * database is told. @throws AppError `disk_full`, `database_*`: then it stays where it is
 */
export function setAside(database: Database, row: DamagedRow, related: object = {}): void {
  inTransaction(database, () => {
    keepCopy(database, row, related);
    database.run(`DELETE FROM ${row.table} WHERE rowid = ?`, row.rowid);
  });
}

/**
 * Keeps a damaged row as it is in `set_aside`, for a caller who then mends it; whoever watches the database is told.
 * @param related what is kept with it
 */
export function keepCopy(
  database: Database,
  { table, rowid, reason }: DamagedRow,
  related: object = {},
): void {
  const content = JSON.stringify({ ...wholeRow(database, table, rowid), ...related });
  database.run(
    'INSERT INTO set_aside (table_name, content, reason) VALUES (?, ?, ?)',
    table,
    content,
    reason,
  );
  database.tellDamaged({ table, rowid, reason });
}

/** Those of a query's rows that fit, `rowid` among their columns; the others are set aside. @throws as `setAside` */
export function fitting<T>(
  database: Database,
  table: StoredTable,
  schema: z.ZodType<T>,
  rows: readonly unknown[],
): T[] {
  return rows.flatMap((row) => {
    const parsed = schema.safeParse(row);
    if (parsed.success) return [parsed.data];
    const { rowid } = row as { rowid: number }; // what the query is to name
    setAside(database, { table, rowid, reason: reasonOf(parsed.error) });
    return [];
  });
}

/** What is wrong with a row: column and why, never what it holds. */
export function reasonOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

/** The names of a table's columns that hold text. */
export function textColumns(database: Database, table: StoredTable): string[] {
  return columns(database, table)
    .filter(({ type }) => type === 'TEXT')
    .map(({ name }) => name);
}

/** Text through its bytes: the library ends the whole process over text that is not UTF-8. */
function wholeRow(database: Database, table: StoredTable, rowid: number): Record<string, Kept> {
  const selected = columns(database, table).map(({ name, type }) =>
    type === 'TEXT' ? `hex(${name}) AS ${name}, ${name} IS NULL AS ${name}_is_null` : name,
  );
  const row = database.get(`SELECT ${selected.join(', ')} FROM ${table} WHERE rowid = ?`, rowid) as
    | Record<string, string | number | null>
    | undefined;
  if (row === undefined) return {};
  const kept = columns(database, table).map(({ name, type }): [string, Kept] => {
    const value = row[name] ?? null;
    if (type !== 'TEXT') return [name, value];
    return [name, row[`${name}_is_null`] === 1 ? null : textOf(String(value))];
  });
  return Object.fromEntries(kept);
}

function textOf(hex: string): Kept {
  const bytes = Buffer.from(hex, 'hex');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : { hex: hex.toLowerCase() };
}

function columns(database: Database, table: StoredTable): { name: string; type: string }[] {
  return database.all(`SELECT name, type FROM pragma_table_info('${table}')`) as {
    name: string;
    type: string;
  }[];
}
