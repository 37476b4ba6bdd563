/**
 * What work is for, the most urgent first: a validator's job, the chain's task, a job where own tasks go first, an audit,
 * timing kernels.
 */
export const PRIORITIES = ['job', 'chain', 'later_job', 'audit', 'measure'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** One piece of work for a lane. */
export type Work<T, L> = {
  readonly priority: Priority;
  /** Whether more urgent work may end it in its midst; it is begun anew later, so it must have no effect before its end. */
  readonly preemptible: boolean;
  /** After how long waiting it goes before what is one step more urgent, ms; `AGE_MS` unless given. */
  readonly ageMs?: number;
  /** How many pieces of such work a lane takes at once; 1 unless given. */
  readonly atOnce?: number;
  /** The lane that has to do it; null for whichever is free first. */
  readonly lane: string | null;
  /** Does it; called again where it was preempted. */
  run(lane: L, signal: AbortSignal): Promise<T>;
};

/** A lane as the queue sees it. */
export type QueueLane = {
  readonly id: string;
  /** False while it is being started: work goes to another lane, if any is up. */
  readonly isUp: boolean;
  /** Calls back at each change of `isUp`, and may do so more often. */
  onChange(listener: () => void): () => void;
};

type Entry<L> = {
  readonly work: Work<unknown, L>;
  readonly signal: AbortSignal;
  readonly order: number;
  readonly sinceMs: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
};

type Running<L> = { readonly entry: Entry<L>; readonly abort: AbortController; isPreempted: boolean };

// What waits so long goes before what is one step more urgent: nothing waits for ever.
const AGE_MS = 10_000;

/** Gives work to lanes, each one piece at a time or several that are soon over: by priority and how long it has waited, then in order. */
export class ComputeQueue<L extends QueueLane> {
  readonly #lanes: readonly L[];
  readonly #monotonic: () => number;
  readonly #running = new Map<L, readonly Running<L>[]>();
  #waiting: Entry<L>[] = [];
  #order = 0;

  /** @param monotonic ms of a clock that never goes back */
  constructor(lanes: readonly L[], monotonic: () => number) {
    this.#lanes = lanes;
    this.#monotonic = monotonic;
    for (const lane of lanes) lane.onChange(() => this.#give());
  }

  /**
   * Has work done in its turn.
   * @throws the signal's reason, at once where the work still waits; what `run` throws; Error for a lane there is not
   */
  async add<T>(work: Work<T, L>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (work.lane !== null && !this.#lanes.some(({ id }) => id === work.lane))
      throw new Error(`there is no lane ${work.lane}`);
    let cancel = () => {};
    try {
      return await new Promise<T>((resolve, reject) => {
        const entry: Entry<L> = {
          work,
          signal,
          order: this.#order++,
          sinceMs: this.#monotonic(),
          // `run` of this very work makes the value.
          resolve: (value) => resolve(value as T),
          reject,
        };
        cancel = () => this.#cancel(entry);
        signal.addEventListener('abort', cancel, { once: true });
        this.#waiting.push(entry);
        this.#give();
      });
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Gives every lane with room its next piece of work, then has what is urgent take the place of what may be preempted. */
  #give(): void {
    while (this.#byLoad().some((lane) => this.#giveOne(lane)));
    this.#preempt();
  }

  /** The lanes that may get work, the one with the least in hand first. */
  #byLoad(): L[] {
    const up = this.#lanes.filter(({ isUp }) => isUp);
    const lanes = up.length > 0 ? up : this.#lanes;
    return lanes.toSorted((one, other) => this.#runningOn(one).length - this.#runningOn(other).length);
  }

  /** Gives a lane the most urgent work for it, where it has room for that: what is less urgent does not overtake. */
  #giveOne(lane: L): boolean {
    const next = this.#byUrgency().find(({ work }) => work.lane === null || work.lane === lane.id);
    if (next === undefined || !this.#hasRoom(lane, next)) return false;
    void this.#run(lane, next);
    return true;
  }

  /** The one that takes the fewest beside it says how many they may be. */
  #hasRoom(lane: L, next: Entry<L>): boolean {
    const running = this.#runningOn(lane);
    const entries = [next, ...running.map(({ entry }) => entry)];
    return running.length < Math.min(...entries.map(({ work }) => work.atOnce ?? 1));
  }

  #runningOn(lane: L): readonly Running<L>[] {
    return this.#running.get(lane) ?? [];
  }

  #preempt(): void {
    let freeing = [...this.#running.values()].flat().filter(({ isPreempted }) => isPreempted).length;
    for (const entry of this.#byUrgency()) {
      if (freeing > 0) {
        // It gets the lane that is being freed already.
        freeing -= 1;
        continue;
      }
      const victim = this.#leastUrgentBelow(entry);
      if (victim === undefined) return;
      victim.isPreempted = true;
      victim.abort.abort(new Error('preempted'));
    }
  }

  /** The least urgent work under way that may be preempted for another. */
  #leastUrgentBelow(other: Entry<L>): Running<L> | undefined {
    return [...this.#running]
      .filter(([lane]) => other.work.lane === null || other.work.lane === lane.id)
      .flatMap(([, running]) => running)
      .filter(({ entry, isPreempted }) => entry.work.preemptible && !isPreempted)
      .filter(({ entry }) => this.#urgency(entry) > this.#urgency(other))
      .sort((a, b) => this.#urgency(b.entry) - this.#urgency(a.entry))[0];
  }

  async #run(lane: L, entry: Entry<L>): Promise<void> {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== entry);
    const running: Running<L> = { entry, abort: new AbortController(), isPreempted: false };
    this.#running.set(lane, [...this.#runningOn(lane), running]);
    try {
      entry.resolve(await entry.work.run(lane, running.abort.signal));
    } catch (error) {
      if (running.isPreempted && !entry.signal.aborted) this.#waiting.push(entry);
      else entry.reject(error);
    } finally {
      this.#running.set(
        lane,
        this.#runningOn(lane).filter((other) => other !== running),
      );
      this.#give();
    }
  }

  /** What waits is given up at once; what is under way ends as soon as its lane heeds the signal. */
  #cancel(entry: Entry<L>): void {
    const running = [...this.#running.values()].flat().find((candidate) => candidate.entry === entry);
    if (running !== undefined) {
      running.abort.abort(entry.signal.reason);
      return;
    }
    this.#waiting = this.#waiting.filter((waiting) => waiting !== entry);
    entry.reject(entry.signal.reason);
  }

  #byUrgency(): Entry<L>[] {
    return this.#waiting.toSorted((a, b) => this.#urgency(a) - this.#urgency(b) || a.order - b.order);
  }

  /** Lower is more urgent. What was preempted keeps its age. */
  #urgency({ work: { priority, ageMs = AGE_MS }, sinceMs }: Entry<L>): number {
    return PRIORITIES.indexOf(priority) - Math.floor((this.#monotonic() - sinceMs) / ageMs);
  }
}
