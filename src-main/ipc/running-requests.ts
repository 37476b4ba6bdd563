import { AppError } from '../../src-shared/errors';

type Running = { readonly window: number; readonly id: string | undefined; readonly abort: AbortController };

/** The requests of all windows that are under way, so that any can be cancelled by its window and id. */
export class RunningRequests {
  readonly #running = new Set<Running>();

  /**
   * Runs one. Once it is cancelled its caller gets `cancelled`, whatever the work makes of the signal.
   * @param id undefined where the request has no name: then it ends with its window alone
   * @throws AppError `invalid_request` for an id that is in use; what `work` throws
   */
  async run<T>(
    window: number,
    id: string | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (id !== undefined && this.#find(window, id) !== undefined) {
      throw new AppError('invalid_request', 'A request with this id is under way already.');
    }
    const abort = new AbortController();
    const running = { window, id, abort };
    this.#running.add(running);
    const { signal } = abort;
    const cancelled = new Promise<never>((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
    );
    try {
      return await Promise.race([work(signal), cancelled]);
    } finally {
      this.#running.delete(running);
    }
  }

  /** Does nothing where there is no such request: it may just have ended. */
  cancel(window: number, id: string): void {
    this.#find(window, id)?.abort.abort(cancelled());
  }

  cancelAll(window: number): void {
    for (const running of this.#running) if (running.window === window) running.abort.abort(cancelled());
  }

  #find(window: number, id: string): Running | undefined {
    return [...this.#running].find((running) => running.window === window && running.id === id);
  }
}

function cancelled(): AppError {
  return new AppError('cancelled', 'The request was cancelled.');
}
