import { AppError } from '../../../src-shared/errors';
import type { Response } from '../../../src-shared/ipc/contract';
import { receiptText } from '../../../src-shared/receipt/receipt';
import type { Miner } from '../../open-miner';
import { writeFileAtomic } from '../../storage/atomic-file';
import type { Journal } from '../../submissions/journal';
import { receiptOf } from '../../submissions/receipt-of';
import { type TaskRecord, toTaskRow } from '../../submissions/task-record';
import type { Handlers } from '../handle';
import { lookupAt } from './lookup-at';

type TaskChannel = 'tasks:list' | 'tasks:trail' | 'tasks:saveReceipt';

/**
 * What the journal holds, and its receipts.
 * @param choosePath asks the person where a file of this name is to be kept; null where they think better of it
 */
export function taskHandlers(
  { journal, node }: Pick<Miner, 'journal' | 'node'>,
  choosePath: (name: string) => Promise<string | null>,
): Pick<Handlers, TaskChannel> {
  return {
    'tasks:list': (query) => {
      const { total, records } = journal.list(query);
      return { total, tasks: records.map(toTaskRow) };
    },
    'tasks:trail': ({ taskId }) => trailOf(journal, taskId),
    'tasks:saveReceipt': async ({ taskId }) => {
      const text = await receiptFor(node, recordOf(journal, taskId));
      const path = await choosePath(`computechain-receipt-${taskId}.json`);
      if (path !== null) await writeFileAtomic(path, text, 0o644);
      return { path };
    },
  };
}

/** The block is asked for anew, and checked anew. @throws AppError `not_found`, `node_*` */
async function receiptFor(node: Miner['node'], task: TaskRecord): Promise<string> {
  if (task.state !== 'proved' || task.confirmedHeight === null)
    throw new AppError('not_found', 'Only a proved result has a receipt.', { remedy: 'wait' });
  return receiptText(receiptOf(task, await lookupAt(node).verified(task.confirmedHeight)));
}

function recordOf(journal: Journal, taskId: string): TaskRecord {
  const record = journal.byTaskId(taskId);
  if (record === null)
    throw new AppError('not_found', 'The journal has no such task.', { remedy: 'fix_input' });
  return record;
}

function trailOf(journal: Journal, taskId: string): Response<'tasks:trail'> {
  const record = recordOf(journal, taskId);
  return {
    task: toTaskRow(record),
    history: journal.history(record),
    timings: record.timings,
    checks: record.evidence?.checks ?? [],
    inclusion: record.evidence?.inclusion ?? null,
  };
}
