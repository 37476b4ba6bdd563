import { joined, type Sample, sampleSchema } from '../../src-shared/history/sample';
import type { Database } from '../storage/database';
import { fitting } from '../storage/set-aside';

/** How wide the step of a row is, how long rows are kept, and how many there may be whatever the clock was set to. */
const TABLES = {
  history_minutes: { stepMs: 60_000, keptMs: 2 * 86_400_000, mostRows: 3000 },
  history_hours: { stepMs: 3_600_000, keptMs: 366 * 86_400_000, mostRows: 9000 },
} as const;
export type SampleTable = keyof typeof TABLES;

const COLUMNS = `at AS atMs, ran_ms AS ranMs, busy_ms AS busyMs, product_ms AS productMs, operations,
  temperature_c AS temperatureC, power_w AS powerW`;

/** Samples on disk: a row a minute for two days, and a row an hour for a year. */
export class HistoryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Adds a minute's sample, to its hour too. @throws AppError `disk_full`, `database_*` */
  add(sample: Sample): void {
    this.#add('history_minutes', sample);
    this.#add('history_hours', sample);
  }

  /** Samples from one time up to another, the latter not included, oldest first; what is damaged is set aside. */
  between(table: SampleTable, fromMs: number, untilMs: number): Sample[] {
    const rows = this.#database.all(
      `SELECT rowid AS rowid, ${COLUMNS} FROM ${table} WHERE at >= ? AND at < ? ORDER BY at`,
      fromMs,
      untilMs,
    );
    return fitting(this.#database, table, sampleSchema, rows);
  }

  /** Lets go of what is old; where a clock that was wrong made too many rows, of those farthest from now. */
  prune(nowMs: number): void {
    for (const [table, { keptMs, mostRows }] of Object.entries(TABLES)) {
      this.#database.run(`DELETE FROM ${table} WHERE at < ?`, nowMs - keptMs);
      this.#database.run(
        `DELETE FROM ${table} WHERE at IN (SELECT at FROM ${table} ORDER BY abs(at - ?) LIMIT -1 OFFSET ?)`,
        nowMs,
        mostRows,
      );
    }
  }

  #add(table: SampleTable, sample: Sample): void {
    const { stepMs } = TABLES[table];
    const atMs = Math.floor(sample.atMs / stepMs) * stepMs;
    const [held] = this.between(table, atMs, atMs + 1);
    const whole = fittedTo(stepMs, held === undefined ? { ...sample, atMs } : joined(held, sample));
    this.#database.run(
      `INSERT OR REPLACE INTO ${table} (at, ran_ms, busy_ms, product_ms, operations, temperature_c, power_w)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      atMs,
      whole.ranMs,
      whole.busyMs,
      whole.productMs,
      whole.operations,
      whole.temperatureC,
      whole.powerW,
    );
  }
}

/** After the clock was set back the same minute comes twice: then it counts once, with the average of both. */
function fittedTo(stepMs: number, sample: Sample): Sample {
  if (sample.ranMs <= stepMs) return sample;
  const share = stepMs / sample.ranMs;
  return {
    ...sample,
    ranMs: stepMs,
    busyMs: sample.busyMs * share,
    productMs: sample.productMs * share,
    operations: sample.operations * share,
  };
}
