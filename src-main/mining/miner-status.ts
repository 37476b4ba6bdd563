import type { MinerState } from '../../src-shared/mining/miner-state';
import type { Clock } from '../clock/clock';
import type { WallJumps } from '../clock/wall-jumps';
import { changesInMs, judge, type MinerFacts, withSince } from './miner-state';

type Parts = {
  /** All that decides the state, as of now; asked once for each change. */
  readonly facts: () => MinerFacts;
  readonly clock: Clock;
  readonly jumps: WallJumps;
  /** Told once the state was judged anew, whether or not it is another one. */
  readonly onSettled: (changed: boolean) => void;
};

// Two things that end at about the same time are looked at together.
const SHORTEST_WAIT_MS = 50;
// What ends at a wall time ends with it also where the clock is set meanwhile.
const LONGEST_WAIT_MS = 60_000;

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
    const { clock, jumps, facts, onSettled } = this.#parts;
    jumps.look();
    const known = facts();
    const before = this.#state;
    this.#state = withSince(before, judge(known), clock.now());
    this.#wakeUp(known);
    onSettled(JSON.stringify(before) !== JSON.stringify(this.#state));
  }

  /** Some changes come with time alone: a pause ends, an accepted result grows old, a fee leaves the hour. */
  #wakeUp(facts: MinerFacts): void {
    this.#cancelTimer();
    const { clock } = this.#parts;
    const freeAtMs = facts.ceiling?.freeAtMs ?? null;
    const ends = [
      changesInMs(this.#state, facts, clock.now()),
      freeAtMs === null ? null : freeAtMs - clock.now(),
    ].filter((inMs) => inMs !== null);
    if (ends.length === 0) return;
    const waitMs = Math.min(Math.max(SHORTEST_WAIT_MS, Math.min(...ends)), LONGEST_WAIT_MS);
    this.#cancelTimer = clock.after(waitMs, () => this.changed());
  }
}
