import { vi } from 'vitest';
import { Database } from '../../../src-main/storage/database';

/** A statement that was run, as it was written, with its values. */
export type Statement = { readonly sql: string; readonly values: unknown[] };

/** Counts every statement that any database of this process runs from now on. @returns those that were run so far */
export function countStatements(): Statement[] {
  const run: Statement[] = [];
  for (const name of ['get', 'all', 'run', 'exec', 'pragma'] as const) {
    const original = Database.prototype[name] as (sql: string, ...values: unknown[]) => unknown;
    vi.spyOn(Database.prototype, name).mockImplementation(function (
      this: Database,
      sql: string,
      ...values: unknown[]
    ) {
      run.push({ sql, values });
      return original.call(this, sql, ...values) as never; // as it would have been
    });
  }
  return run;
}
