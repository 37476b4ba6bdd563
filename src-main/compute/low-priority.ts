import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Has a process give way to whatever the person beside it does; to be called again and again. On Linux priority is a
 * thread's, and Chromium may start each with the usual one: those that have come since get it too.
 */
export function lowPriority(pidNow: () => number): () => void {
  const lowered = new Set<number>();
  return () => {
    const pid = pidNow();
    for (const id of process.platform === 'linux' ? threadsOf(pid) : [pid]) {
      if (lowered.has(id)) continue;
      lowered.add(id);
      try {
        setPriority(id, constants.priority.PRIORITY_BELOW_NORMAL);
      } catch {
        // It has just ended, or the system does not allow it: then it computes as any program does.
      }
    }
  };
}

function threadsOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}
