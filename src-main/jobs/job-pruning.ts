import type { Database } from '../storage/database';
import { inTransaction } from '../storage/transaction';

/** How much of the past is kept of jobs that were delivered or refused; what was not delivered is kept for ever. */
export type JobLimits = {
  /** The newest so many. */
  readonly rows: number;
  readonly days: number;
  /** Of their answers together, which may hold products of megabytes. */
  readonly answerBytes: number;
};

export const JOB_PRUNING: JobLimits = { rows: 10_000, days: 7, answerBytes: 256 << 20 };

const DAY_MS = 86_400_000;
const ENDED = `state IN ('delivered', 'refused') AND to_submit IS NULL`;

/** Lets go of the oldest jobs past any of the limits. @param now wall time, ms since the epoch */
export function pruneJobs(database: Database, now: number, limits: JobLimits = JOB_PRUNING): number {
  const { rows, days, answerBytes } = limits;
  return inTransaction(database, () => {
    const past = database.get(
      `SELECT max(id) AS id FROM (SELECT id, received_at, row_number() OVER newest AS nth,
           sum(coalesce(length(answer), 0)) OVER newest AS bytes
         FROM jobs WHERE ${ENDED} WINDOW newest AS (ORDER BY id DESC))
       WHERE nth > ? OR bytes > ? OR received_at < ?`,
      rows,
      answerBytes,
      now - days * DAY_MS,
    ) as { id: number | null };
    if (past.id === null) return 0;
    return database.run(`DELETE FROM jobs WHERE ${ENDED} AND id <= ?`, past.id).changes;
  });
}
