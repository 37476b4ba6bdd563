import { Wake, waitUntil } from '../async/wait';
import type { Clock } from '../clock/clock';
import type { Journal } from './journal';
import type { TaskChoice } from './task-query';
import type { TaskRecord } from './task-record';

/** Rows looked through at a time: some 20 ms where all of them still have their proofs, a few later on. */
const ROWS_AT_A_TIME = 100;

/**
 * The tasks of a choice, newest first, page by page, however many there are: everything else gets its turn in between.
 * Tasks that are planned meanwhile are left out. @throws the signal's reason; AppError `database_*`
 */
export async function* taskPages(
  journal: Pick<Journal, 'idRange' | 'inRange'>,
  choice: TaskChoice,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<TaskRecord[]> {
  const { lowest, highest } = journal.idRange();
  for (let id = highest; id >= lowest; id -= ROWS_AT_A_TIME) {
    signal.throwIfAborted();
    yield journal.inRange(choice, Math.max(lowest, id - ROWS_AT_A_TIME + 1), id);
    await waitUntil(clock, 0, new Wake(), signal);
  }
}
