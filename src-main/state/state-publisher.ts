import {
  type AppState,
  type FullState,
  type StatePush,
  TOPICS,
  type Topic,
} from '../../src-shared/state/state';
import { Listeners } from '../async/listeners';
import { throttle } from '../async/throttle';
import { onNewDay } from '../clock/calendar';
import type { Clock } from '../clock/clock';
import type { MinerChange } from '../open-miner';
import { SHOWS_IN } from './slices';

/** Makes each slice anew from the parts it is about. */
export type SliceReaders = { readonly [T in Topic]: () => AppState[T] };

// Screens are told of changes at most this often.
const PUSH_EVERY_MS = 100;

/** Keeps the slices that screens show, makes anew only those whose parts changed, and pushes only those that differ. */
export class StatePublisher {
  readonly #read: SliceReaders;
  readonly #clock: Clock;
  readonly #marks: Listeners<void>;
  readonly #pushes: Listeners<StatePush>;
  readonly #stale = new Set<Topic>(TOPICS);
  readonly #slices = new Map<Topic, { readonly value: AppState[Topic]; readonly text: string }>();
  readonly #stops: (() => void)[] = [];
  #revision = 0;

  constructor(read: SliceReaders, clock: Clock, onError: (error: unknown) => void) {
    this.#read = read;
    this.#clock = clock;
    this.#marks = new Listeners(onError);
    this.#pushes = new Listeners(onError);
    const onMark = (listener: () => void) => this.#marks.add(listener);
    this.#stops.push(throttle(clock, onMark, PUSH_EVERY_MS, () => this.#flush()));
  }

  /** Keeps the slices up to date with a miner from now on. */
  follow(changes: Listeners<MinerChange>): void {
    this.#stops.push(
      changes.add((change) => {
        for (const topic of SHOWS_IN[change]) this.mark(topic);
      }),
      // What was done "today" changes although nothing happens.
      onNewDay(this.#clock, () => this.mark('tasks')),
    );
  }

  /** Calls back with the slices that changed, at most every 100 ms; returns the function that stops it. */
  onPush(listener: (push: StatePush) => void): () => void {
    return this.#pushes.add(listener);
  }

  /** What a slice is made of changed. */
  mark(topic: Topic): void {
    this.#stale.add(topic);
    this.#marks.tell();
  }

  /** Every slice as it is now, for a window that opens; others are told of what changed before. @throws what a reader does */
  full(): FullState {
    this.#flush();
    const entries = [...this.#slices].map(([topic, { value }]) => [topic, value]);
    // One of each topic: `#stale` began with all of them.
    return { revision: this.#revision, state: Object.fromEntries(entries) as AppState };
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  /** What one slice can't be made of, as of a database that fails, keeps no other from being pushed; it stays stale. */
  #flush(): void {
    const changed: Topic[] = [];
    const errors: unknown[] = [];
    for (const topic of [...this.#stale]) {
      try {
        if (this.#renew(topic)) changed.push(topic);
        this.#stale.delete(topic);
      } catch (error) {
        errors.push(error);
      }
    }
    if (changed.length > 0) this.#push(changed);
    if (errors.length > 0) throw errors[0];
  }

  #push(changed: readonly Topic[]): void {
    this.#revision += 1;
    const slices = changed.map((topic) => [topic, this.#slices.get(topic)?.value]);
    this.#pushes.tell({ revision: this.#revision, changed: Object.fromEntries(slices) as Partial<AppState> });
  }

  /** Makes a slice anew. @returns whether it is another one than before */
  #renew(topic: Topic): boolean {
    const value = this.#read[topic]();
    const text = JSON.stringify(value);
    if (this.#slices.get(topic)?.text === text) return false;
    this.#slices.set(topic, { value, text });
    return true;
  }
}
