import type { TaskRecord } from '../../../src-main/submissions/task-record';
import { ENDED_STATES } from '../../../src-main/submissions/task-states';
import type { MinerLife } from '../miner/miner-life';
import type { Fail } from './broken';

/** The tasks that are being worked on, by row, as the journal tells of them: one to a nonce, and no end without a reason. */
export class LiveTasks {
  readonly #fail: Fail;
  readonly #live = new Map<number, TaskRecord>();

  constructor(fail: Fail) {
    this.#fail = fail;
  }

  get size(): number {
    return this.#live.size;
  }

  get all(): readonly TaskRecord[] {
    return [...this.#live.values()];
  }

  /** A process begins with what the one before left. */
  begin({ miner, database }: MinerLife): void {
    this.#live.clear();
    const chapters = database.all('SELECT id FROM chapters') as { id: number }[];
    for (const { id } of chapters) for (const task of miner.journal.live(id)) this.#live.set(task.id, task);
  }

  /** A change was committed. @returns whether the task is new */
  take(task: TaskRecord): boolean {
    const isNew = task.state === 'planned' && !this.#live.has(task.id);
    if (ENDED_STATES.includes(task.state)) {
      this.#live.delete(task.id);
      if (task.state !== 'proved' && task.reason === null)
        this.#fail('no task ends without a reason', `${task.taskId} is ${task.state}`);
      return false;
    }
    this.#live.set(task.id, task);
    if (task.accountNonce === null) return isNew;
    for (const other of this.#live.values()) {
      const same = other.accountNonce === task.accountNonce && other.chapter === task.chapter;
      if (same && other.id !== task.id && other.account === task.account)
        this.#fail('one task to a nonce', `${task.taskId} and ${other.taskId} have ${task.accountNonce}`);
    }
    return isNew;
  }
}
