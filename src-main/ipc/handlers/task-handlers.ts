import { AppError } from '../../../src-shared/errors';
import { exportText } from '../../../src-shared/export/task-export';
import type { Response } from '../../../src-shared/ipc/contract';
import { RECEIPT_EXTENSION, receiptText } from '../../../src-shared/receipt/receipt';
import { dayName } from '../../clock/calendar';
import type { Clock } from '../../clock/clock';
import type { Miner } from '../../open-miner';
import { writeChosenFile } from '../../storage/chosen-file';
import type { Journal } from '../../submissions/journal';
import { receiptOf } from '../../submissions/receipt-of';
import { taskPages } from '../../submissions/task-pages';
import { type TaskRecord, toTaskRow } from '../../submissions/task-record';
import type { Handlers } from '../handle';
import { lookupAt } from './lookup-at';

type TaskChannel = 'tasks:list' | 'tasks:trail' | 'tasks:saveReceipt' | 'tasks:export';

/**
 * What the journal holds, its receipts, and files of it for other programs.
 * @param choosePath asks the person where a file of this name is to be kept; null where they think better of it
 */
export function taskHandlers(
  { journal, node }: Pick<Miner, 'journal' | 'node'>,
  choosePath: (name: string) => Promise<string | null>,
  clock: Clock,
): Pick<Handlers, TaskChannel> {
  return {
    'tasks:list': (query) => {
      const { total, records } = journal.list(query);
      return { total, tasks: records.map(toTaskRow) };
    },
    'tasks:trail': ({ taskId }) => trailOf(journal, taskId),
    'tasks:saveReceipt': async ({ taskId }) => {
      const text = await receiptFor(node, recordOf(journal, taskId));
      const path = await choosePath(`computechain-receipt-${taskId}.${RECEIPT_EXTENSION}`);
      if (path !== null) await writeChosenFile(path, text, 0o644);
      return { path };
    },
    'tasks:export': async ({ format, ...choice }, { signal }) => {
      const path = await choosePath(`computechain-tasks-${dayName(clock.now())}.${format}`);
      if (path === null) return { path, count: 0 };
      let count = 0;
      async function* rows() {
        for await (const records of taskPages(journal, choice, clock, signal)) {
          count += records.length;
          yield records.map((record) => ({ ...toTaskRow(record), account: record.account }));
        }
      }
      await writeChosenFile(path, exportText(format, rows()), 0o644);
      return { path, count };
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
