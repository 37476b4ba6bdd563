import { z } from 'zod';
import { type KernelChoice, kernelChoiceSchema } from '../../src-shared/ipc/kernel-choice';
import type { Database } from './database';
import { jsonColumn } from './json-column';
import { fitting } from './set-aside';
import { inTransaction } from './transaction';

const rowSchema = z.object({ choice: jsonColumn(kernelChoiceSchema) });

/** The kernels chosen for each adapter, one for each class of sizes. */
export class KernelChoices {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** What was chosen for an adapter so far. */
  of(adapter: string): KernelChoice[] {
    const rows = this.#database.all(
      'SELECT rowid, choice FROM kernel_choices WHERE adapter = ? ORDER BY size_class',
      adapter,
    );
    // One that no longer fits is as good as none: the kernels are measured anew.
    return fitting(this.#database, 'kernel_choices', rowSchema, rows).map(({ choice }) => choice);
  }

  /** @throws AppError `disk_full`, `database_failed` */
  save(adapter: string, choice: KernelChoice): void {
    inTransaction(this.#database, () =>
      this.#database.run(
        `INSERT INTO kernel_choices (adapter, size_class, choice) VALUES (?, ?, ?)
         ON CONFLICT (adapter, size_class) DO UPDATE SET choice = excluded.choice`,
        adapter,
        choice.sizeClass,
        JSON.stringify(choice),
      ),
    );
  }
}
