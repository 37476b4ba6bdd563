import type { TaskState } from '../../src-shared/ipc/task-state';
import type { JobEvent } from '../jobs/validator-jobs';
import type { Miner } from '../open-miner';

// A task goes back and forth between states for a few blocks at most; by then it is out of the oldest so many.
const TASKS_REMEMBERED = 5000;

/** Counts of this run, from when it was made. A task counts once in each state, also where its chain takes it back and forth. */
export class Tally {
  readonly tasks = new Map<TaskState, number>();
  readonly jobs = new Map<JobEvent['state'], number>();
  /** Integer operations of products, two a multiply-add. */
  operations = 0;
  productMs = 0;
  busyMs = 0;
  readonly #states = new Map<number, Set<TaskState>>();
  readonly #stops: readonly (() => void)[];

  constructor({ journal, jobs, meter }: Pick<Miner, 'journal' | 'jobs' | 'meter'>) {
    this.#stops = [
      journal.onChange(({ id, state, transfer }) => {
        if (transfer === null) this.#countTask(id, state);
      }),
      jobs.events.add(({ state }) => countOne(this.jobs, state)),
      meter.onWorked(({ busyMs, product }) => {
        this.busyMs += busyMs;
        this.operations += product?.operations ?? 0;
        this.productMs += product?.ms ?? 0;
      }),
    ];
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #countTask(id: number, state: TaskState): void {
    const states = this.#states.get(id) ?? new Set();
    this.#states.set(id, states);
    if (!states.has(state)) countOne(this.tasks, state);
    states.add(state);
    const [oldest] = this.#states.keys();
    if (this.#states.size > TASKS_REMEMBERED && oldest !== undefined) this.#states.delete(oldest);
  }
}

function countOne<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
