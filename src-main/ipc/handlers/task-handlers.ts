import { AppError } from '../../../src-shared/errors';
import type { Response } from '../../../src-shared/ipc/contract';
import type { Journal } from '../../submissions/journal';
import { toTaskRow } from '../../submissions/task-record';
import type { Handlers } from '../handle';

/** What the journal holds. */
export function taskHandlers(journal: Journal): Pick<Handlers, 'tasks:list' | 'tasks:trail'> {
  return {
    'tasks:list': (query) => {
      const { total, records } = journal.list(query);
      return { total, tasks: records.map(toTaskRow) };
    },
    'tasks:trail': ({ taskId }) => trailOf(journal, taskId),
  };
}

function trailOf(journal: Journal, taskId: string): Response<'tasks:trail'> {
  const record = journal.byTaskId(taskId);
  if (record === null)
    throw new AppError('not_found', 'The journal has no such task.', { remedy: 'fix_input' });
  return {
    task: toTaskRow(record),
    history: journal.history(record),
    timings: record.timings,
    checks: record.evidence?.checks ?? [],
    inclusion: record.evidence?.inclusion ?? null,
  };
}
