import { AppError } from '../../src-shared/errors';
import type { ComputeOutcome } from '../../src-shared/ipc/compute';
import type { Urgency } from '../compute/compute';
import type { ComputeWork } from '../compute/compute-task';
import type { WorkSource } from './work-source';

/** Whatever computes. */
export type Computes = {
  run(urgency: Urgency, work: ComputeWork, signal: AbortSignal): Promise<ComputeOutcome>;
};

/** An item that is out, and how to drop it. */
type Out = { readonly source: Source; readonly item: unknown; readonly abort: AbortController };
type Source = WorkSource<unknown>;

/**
 * The one loop that draws from all sources: an item goes from its source through the engines back to its source. It
 * holds about as many items of a source as there are lanes; the rest stays with the source, which knows best when to
 * drop it.
 */
export class WorkLoop {
  readonly #compute: Computes;
  readonly #lanes: number;
  readonly #onError: (error: unknown) => void;
  readonly #sources: Source[] = [];
  readonly #out = new Set<Out>();
  #running = false;
  #drawing = false;

  /** @param lanes how many pieces of work can be computed at once */
  constructor(compute: Computes, lanes: number, onError: (error: unknown) => void) {
    this.#compute = compute;
    this.#lanes = lanes;
    this.#onError = onError;
  }

  /** Draws from a source too, after those before it. */
  add<Item>(source: WorkSource<Item>): void {
    // An item goes back to the very source it came from.
    this.#sources.push(source as Source);
  }

  get running(): boolean {
    return this.#running;
  }

  /** Whether anything is out. */
  get isBusy(): boolean {
    return this.#out.size > 0;
  }

  start(): void {
    this.#running = true;
    this.tick();
  }

  /** Draws no more; what is out is done. */
  finish(): void {
    this.#running = false;
  }

  /** Draws no more; what is out is dropped. */
  stop(): void {
    this.#running = false;
    this.drop();
  }

  /** Drops whatever is out: its source gets it back without a result. */
  drop(): void {
    for (const { abort } of [...this.#out]) abort.abort(dropped());
  }

  /** Drops what is over and draws what there is; to be called whenever a source may have something new to say. */
  tick(): void {
    for (const { source, item, abort } of [...this.#out]) if (source.isOver(item)) abort.abort(dropped());
    // A source that changes something while it is asked calls here again.
    if (!this.#running || this.#drawing) return;
    this.#drawing = true;
    try {
      for (const source of this.#sources) this.#draw(source);
    } finally {
      this.#drawing = false;
    }
  }

  #draw(source: Source): void {
    while (this.#outOf(source) < this.#lanes + source.ahead) {
      const item = this.#asked(source);
      if (item === null) return;
      void this.#work(source, item);
    }
  }

  /** A source that throws has nothing, and keeps no other from being asked. */
  #asked(source: Source): unknown {
    try {
      return source.next();
    } catch (error) {
      this.#onError(error);
      return null;
    }
  }

  async #work(source: Source, item: unknown): Promise<void> {
    const abort = new AbortController();
    const out = { source, item, abort };
    this.#out.add(out);
    const { signal } = abort;
    let giveBack: () => void;
    try {
      const outcome = await this.#compute.run(source, source.task(item), signal);
      // Dropped while the result was on its way back: a pause costs no fee.
      signal.throwIfAborted();
      giveBack = () => source.done(item, outcome);
    } catch (error) {
      giveBack = () => source.failed(item, signal.aborted ? signal.reason : error, signal.aborted);
    }
    this.#out.delete(out);
    try {
      giveBack();
    } catch (error) {
      this.#onError(error);
    }
    this.tick();
  }

  #outOf(source: Source): number {
    return [...this.#out].filter((out) => out.source === source).length;
  }
}

function dropped(): AppError {
  return new AppError(
    'compute_cancelled',
    'The task was dropped: its block is old, or mining was paused or stopped.',
  );
}
