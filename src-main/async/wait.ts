import type { Clock } from '../clock/clock';

/** Waits so many ms, or until `wake` or `signal` fires; never throws. */
export function waitUntil(clock: Clock, ms: number, wake: Wake, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      callOff();
      signal.removeEventListener('abort', done);
      wake.off(done);
      resolve();
    };
    const callOff = clock.after(ms, done);
    signal.addEventListener('abort', done, { once: true });
    wake.on(done);
  });
}

/** Ends a wait early; a wake with nobody waiting is remembered for the next wait. */
export class Wake {
  #waiting = new Set<() => void>();
  #pending = false;

  fire(): void {
    if (this.#waiting.size === 0) this.#pending = true;
    for (const done of [...this.#waiting]) done();
  }

  on(done: () => void): void {
    this.#waiting.add(done);
    if (!this.#pending) return;
    this.#pending = false;
    queueMicrotask(done);
  }

  off(done: () => void): void {
    this.#waiting.delete(done);
  }
}
