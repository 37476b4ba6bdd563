import type { MinerState } from '../../src-shared/mining/miner-state';
import type { Clock } from '../clock/clock';
import { changesAt, judge, type MinerFacts, withSince } from './miner-state';

type Parts = {
  /** All that decides the state, as of now; asked once for each change. */
  readonly facts: () => MinerFacts;
  readonly clock: Clock;
  /** Told once the state was judged anew, whether or not it is another one. */
  readonly onSettled: (changed: boolean) => void;
};

// Two things that end at about the same time are looked at together.
const LEAST_WAIT_MS = 50;

/** What the miner may call itself now: judged anew after each change, and where time alone changes it. */
export class MinerStatus {
  readonly #parts: Parts;
  #state: MinerState;
  #cancelTimer: () => void = () => undefined;
  #settling = false;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#state = { kind: 'idle', sinceMs: parts.clock.now() };
  }

  get state(): MinerState {
    return this.#state;
  }

  /** Something changed that the state may depend on. Several changes of one moment are judged as one. */
  changed(): void {
    if (this.#closed || this.#settling) return;
    this.#settling = true;
    queueMicrotask(() => {
      this.#settling = false;
      if (!this.#closed) this.#settle();
    });
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer();
  }

  #settle(): void {
    const { clock, facts, onSettled } = this.#parts;
    const now = clock.now();
    const known = facts();
    const before = this.#state;
    this.#state = withSince(before, judge(known, now), now);
    this.#wakeUp(known, now);
    onSettled(JSON.stringify(before) !== JSON.stringify(this.#state));
  }

  /** Some changes come with time alone: a pause ends, an accepted result grows old, a fee leaves the hour. */
  #wakeUp({ recentMs, ceiling }: MinerFacts, now: number): void {
    this.#cancelTimer();
    const ends = [changesAt(this.#state, recentMs), ceiling?.freeAtMs ?? null].filter((at) => at !== null);
    if (ends.length === 0) return;
    const waitMs = Math.max(LEAST_WAIT_MS, Math.min(...ends) - now);
    this.#cancelTimer = this.#parts.clock.after(waitMs, () => this.changed());
  }
}
