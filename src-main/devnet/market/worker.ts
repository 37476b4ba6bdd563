import { BackOff } from '../../async/back-off';
import type { Clock } from '../../clock/clock';
import { MARKET_LIMITS } from './market-limits';
import type { WorkerLink } from './worker-link';

const FIRST_REST_MS = 1000;
const LONGEST_REST_MS = 60_000;

/** A connected worker as the dispatcher sees it: what it has in hand, and whether it may be given more. */
export class Worker {
  readonly link: WorkerLink;
  readonly #clock: Clock;
  readonly #rests: BackOff;
  /** What calls off the time-out of each task in hand, by the task's id. */
  readonly #inHand = new Map<string, () => void>();
  #restsUntilMs = 0;

  constructor(link: WorkerLink, clock: Clock, random: () => number) {
    this.link = link;
    this.#clock = clock;
    this.#rests = new BackOff(FIRST_REST_MS, LONGEST_REST_MS, random);
  }

  get load(): number {
    return this.#inHand.size;
  }

  get hasRoom(): boolean {
    return this.#inHand.size < MARKET_LIMITS.inHand;
  }

  /** Monotonic ms until which it is given nothing. */
  get restsUntilMs(): number {
    return this.#restsUntilMs;
  }

  /** Tasks in hand, also such as are over by now: the worker does not know that. */
  get taskIds(): readonly string[] {
    return [...this.#inHand.keys()];
  }

  has(taskId: string): boolean {
    return this.#inHand.has(taskId);
  }

  /** Takes a task in hand. @param onLate called where it is not let go of within the time */
  take(taskId: string, timeoutMs: number, onLate: () => void): void {
    this.#inHand.get(taskId)?.();
    this.#inHand.set(taskId, this.#clock.after(timeoutMs, onLate));
  }

  /** The task is no longer in its hand. */
  letGo(taskId: string): void {
    this.#inHand.get(taskId)?.();
    this.#inHand.delete(taskId);
  }

  /** It has no time or gives no sign: nothing for a while, longer each time in a row. */
  rest(): void {
    const now = this.#clock.monotonic();
    // Of several jobs it is told of at once, the first is what counts.
    if (this.#restsUntilMs <= now) this.#restsUntilMs = now + this.#rests.next();
  }

  /** It has answered. */
  wasUseful(): void {
    this.#rests.reset();
  }
}
