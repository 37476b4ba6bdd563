import type { Clock } from '../clock/clock';

type Step = { readonly name: string; readonly close: () => void | Promise<void> };

// Nobody who quits waits longer, and a system that shuts down doesn't either.
const LONGEST_MS = 5000;

/**
 * Closes what was opened, the newest first. Each step is run, whatever the ones before it did, and waited for as long as
 * there is time: a window that cannot be closed must not keep the database open, nor a network that hangs the app.
 */
export class ShutDown {
  readonly #clock: Pick<Clock, 'monotonic' | 'after'>;
  readonly #onError: (error: unknown) => void;
  readonly #steps: Step[] = [];
  #done: Promise<void> | null = null;
  #isOver = false;

  constructor(clock: Pick<Clock, 'monotonic' | 'after'>, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Whether it has begun. */
  get begun(): boolean {
    return this.#done !== null;
  }

  /** Whether nothing is left to be closed or waited for. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Something to be closed before everything that was added earlier. @param name for the log */
  add(name: string, close: () => void | Promise<void>): void {
    this.#steps.push({ name, close });
  }

  /** Runs every step once, however often it is asked for; never rejects, and never takes longer than 5 s. */
  run(): Promise<void> {
    this.#done ??= this.#run();
    return this.#done;
  }

  /** Runs every step that is left without waiting for any: for a session that ends now, whoever is ready or not. */
  runNow(): void {
    this.#done ??= Promise.resolve();
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) void this.#close(step);
    this.#isOver = true;
  }

  async #run(): Promise<void> {
    const { monotonic, after } = this.#clock;
    const lastMs = monotonic() + LONGEST_MS;
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      const { name } = step;
      const closed = this.#close(step);
      await new Promise<void>((resolve) => {
        const callOff = after(lastMs - monotonic(), () => {
          this.#onError(new Error(`closing ${name} took too long`));
          resolve();
        });
        void closed.then(() => {
          callOff();
          resolve();
        });
      });
    }
    this.#isOver = true;
  }

  /** What a step does at once is done by the time this returns; the promise never rejects. */
  async #close({ name, close }: Step): Promise<void> {
    try {
      await close();
    } catch (error) {
      this.#onError(new Error(`closing ${name} failed`, { cause: error }));
    }
  }
}
