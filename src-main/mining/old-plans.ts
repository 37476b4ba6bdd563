import { AppError, toErrorReport } from '../../src-shared/errors';
import type { Tip } from '../chain/head-state';
import type { Journal } from '../submissions/journal';
import { isStale } from '../submissions/submissions';
import type { TaskRecord } from '../submissions/task-record';

/** Whether a tip makes a task's result worthless: its block is far behind, or another one has taken its place. */
export function isOverBy(task: TaskRecord, { block, hash }: Tip): boolean {
  const { height } = block.header;
  return (
    isStale(task, height) ||
    height < task.blockHeight ||
    (height === task.blockHeight && hash !== task.blockHash)
  );
}

/**
 * Ends what an earlier run planned and nobody will compute any more: its block is old, or its chain was given up.
 * @param out tasks that are being computed: they end with their item
 */
export function endOldPlans(
  journal: Journal,
  chapter: number,
  tip: Tip,
  out: ReadonlySet<number> = new Set(),
): void {
  for (const task of [...journal.planned(chapter), ...inEndedChapters(journal, chapter)]) {
    const isOver = task.chapter !== chapter || isOverBy(task, tip);
    if (isOver && !out.has(task.id)) journal.move(task, 'abandoned', { reason: toErrorReport(tooOld()) });
  }
}

function inEndedChapters(journal: Journal, chapter: number): TaskRecord[] {
  return journal.liveInEndedChapters(chapter).filter(({ state }) => state === 'planned');
}

function tooOld(): AppError {
  return new AppError(
    'compute_cancelled',
    'The task was planned before the app last ended, and its block is too old by now.',
  );
}
