import { AppError, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import type { DamagedRow, StoredTable } from './set-aside';

/** Which rows were damaged since the app started, for a person to hear of. */
export class Damage {
  readonly #tables = new Set<StoredTable>();
  readonly #onRow: (row: DamagedRow) => void;
  #rows = 0;

  /** @param onRow told of each, once it counts */
  constructor(onRow: (row: DamagedRow) => void) {
    this.#onRow = onRow;
  }

  add(row: DamagedRow): void {
    this.#rows += 1;
    this.#tables.add(row.table);
    this.#onRow(row);
  }

  /** What is to be said; null where nothing was damaged. */
  get report(): ErrorReport | null {
    if (this.#rows === 0) return null;
    const tables = [...this.#tables].toSorted().join(', ');
    return toErrorReport(
      new AppError(
        'database_rows_damaged',
        `Rows of the database were damaged, in ${tables}: ${this.#rows}. They are kept in its table set_aside, and all else goes on; a setting among them is as if it was never set. Check the disk.`,
        { remedy: 'check_disk', params: { rows: this.#rows, tables } },
      ),
    );
  }
}
