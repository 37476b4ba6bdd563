import type { OpenTask } from './open-tasks';
import type { Worker } from './worker';

/** Who is to have a task now, or when that is to be asked again, monotonic ms; `full` where nobody can take anything. */
export type Choice = { readonly worker: Worker } | { readonly askAgainMs: number } | 'full';

/** The worker with the least in hand among those that have room, rest no longer, and are not to be spared this task. */
export function chooseWorker(task: OpenTask, workers: ReadonlySet<Worker>, nowMs: number): Choice {
  let best: Worker | null = null;
  let askAgainMs = Number.POSITIVE_INFINITY;
  let isFull = true;
  for (const worker of workers) {
    if (!worker.hasRoom) continue;
    isFull = false;
    // It is late with it, and may still answer.
    if (worker.has(task.taskId)) continue;
    const readyMs = Math.max(worker.restsUntilMs, task.notBeforeMs(worker));
    if (readyMs > nowMs) askAgainMs = Math.min(askAgainMs, readyMs);
    else if (best === null || worker.load < best.load) best = worker;
  }
  if (best !== null) return { worker: best };
  return isFull ? 'full' : { askAgainMs };
}
