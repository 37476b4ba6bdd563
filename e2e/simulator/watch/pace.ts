import type { MinerLife } from '../miner/miner-life';
import type { Fail } from './broken';

// How often the same may be asked in a slot, the next nonce and what is sent by each result under way.
const MOST_OF_ONE = 14;
const MOST_OF_ONE_FOR_EACH = 4;
const MOST_STREAMS_A_SLOT = 4;
// Timers and requests of a process at any moment.
const MOST_TIMERS = 150;
const MOST_UNDER_WAY = 100;
const SOON_MS = 5;

/** How often a node is asked: bounded in each slot, and never before the time that was agreed with it. */
export class Pace {
  readonly #monotonic: () => number;
  readonly #fail: Fail;
  readonly #asked = new Map<string, number>();
  #listened = 0;
  /** Results under way, the most of this slot. */
  #live = 0;
  #heldUntilMs = 0;
  #retryAtMs: number | null = null;
  #waitsUntilMs = 0;
  /** What a person asks for while a look is under way is done after it; when, or null where it was done. */
  #nudgedMs: number | null = null;

  constructor(monotonic: () => number, fail: Fail) {
    this.#monotonic = monotonic;
    this.#fail = fail;
  }

  /** Another process: what was agreed with the one before is not known to it. */
  begin(): void {
    this.#heldUntilMs = 0;
    this.nudge();
  }

  /** A person has it look at once. */
  nudge(): void {
    this.#waitsUntilMs = 0;
    this.#nudgedMs = this.#monotonic();
  }

  /** The node asked to be left alone. */
  held(ms: number): void {
    this.#heldUntilMs = this.#monotonic() + ms;
  }

  /** The follower's state may be another one: where it waits after a failure, nothing but a person shortens that. */
  look({ miner }: MinerLife, wallMs: number): void {
    const { retryAtMs = null } = miner.node.session?.head ?? {};
    if (retryAtMs === this.#retryAtMs) return;
    this.#retryAtMs = retryAtMs;
    this.#waitsUntilMs = retryAtMs === null ? 0 : this.#monotonic() + retryAtMs - wallMs;
  }

  request(path: string): void {
    const now = this.#monotonic();
    if (path.startsWith('/events')) {
      this.#listened += 1;
      return;
    }
    this.#asked.set(path, (this.#asked.get(path) ?? 0) + 1);
    if (now < this.#heldUntilMs - SOON_MS)
      this.#fail('a node is left alone', `${path} was asked ${this.#heldUntilMs - now} ms before its time`);
    if (path !== '/status') return;
    const isEarly = now < this.#waitsUntilMs - SOON_MS && this.#nudgedMs === null;
    // One that leaves at the very moment may be of a look that had begun.
    if (this.#nudgedMs !== null && now > this.#nudgedMs) this.#nudgedMs = null;
    if (isEarly)
      this.#fail('a wait is a wait', `the node was looked at ${this.#waitsUntilMs - now} ms before its time`);
  }

  /** So many results are under way now. */
  underWay(live: number): void {
    this.#live = Math.max(this.#live, live);
  }

  /** @param liveNow results under way at its end: what was at any time of it may have been sent */
  slotEnded(life: MinerLife, liveNow: number): void {
    const live = Math.max(this.#live, liveNow);
    this.#live = liveNow;
    const most = MOST_OF_ONE + MOST_OF_ONE_FOR_EACH * live;
    for (const [path, times] of this.#asked)
      if (times > most)
        this.#fail('requests are bounded', `${path} ${times} times in a slot, with ${live} under way`);
    if (this.#listened > MOST_STREAMS_A_SLOT)
      this.#fail('requests are bounded', `${this.#listened} times listened to events in a slot`);
    if (life.timers > MOST_TIMERS) this.#fail('memory is bounded', `${life.timers} timers are set`);
    if (life.underWay.size > MOST_UNDER_WAY + live)
      this.#fail('memory is bounded', `${life.underWay.size} requests wait`);
    this.#asked.clear();
    this.#listened = 0;
  }
}
