type Step = { readonly name: string; readonly close: () => void | Promise<void> };

/**
 * Closes what was opened, the newest first. Each step is awaited and each is run, whatever the ones before it did: a
 * window that cannot be closed must not keep the database open.
 */
export class ShutDown {
  readonly #onError: (error: unknown) => void;
  #steps: Step[] = [];
  #done: Promise<void> | null = null;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Whether it has begun. */
  get begun(): boolean {
    return this.#done !== null;
  }

  /** Something to be closed before everything that was added earlier. @param name for the log */
  add(name: string, close: () => void | Promise<void>): void {
    this.#steps.push({ name, close });
  }

  /** Runs every step once, however often it is asked for; never rejects. */
  run(): Promise<void> {
    this.#done ??= this.#run();
    return this.#done;
  }

  async #run(): Promise<void> {
    for (const { name, close } of this.#steps.reverse()) {
      try {
        await close();
      } catch (error) {
        this.#onError(new Error(`closing ${name} failed`, { cause: error }));
      }
    }
  }
}
