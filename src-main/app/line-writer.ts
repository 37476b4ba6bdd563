import type { Writable } from 'node:stream';
import type { Clock } from '../clock/clock';

// A reader that is behind by more is not reading: lines beyond are left out, and how many is told once it reads again.
const MOST_WAITING_BYTES = 1 << 20;

/**
 * Writes lines to a stream that whoever reads it may neglect, close, or keep on a full disk. Nothing waits for it, nothing
 * piles up, and no failure of it is one of the miner's.
 */
export class LineWriter {
  readonly #stream: Writable;
  /** The line that says how many were left out. */
  readonly #leftOut: (count: number) => string;
  #missing = 0;
  #isGone = false;

  constructor(stream: Writable, leftOut: (count: number) => string) {
    this.#stream = stream;
    this.#leftOut = leftOut;
    // Whatever it is, as a disk that is full: Node takes nothing more for such a stream.
    stream.on('error', () => {
      this.#isGone = true;
    });
    stream.on('close', () => {
      this.#isGone = true;
    });
  }

  write(line: string): void {
    if (this.#isGone) return;
    if (this.#stream.writableLength > MOST_WAITING_BYTES) {
      this.#missing += 1;
      return;
    }
    if (this.#missing > 0) {
      const count = this.#missing;
      this.#missing = 0;
      this.#put(this.#leftOut(count));
    }
    this.#put(line);
  }

  /** Resolves once all is written, or it is not going to be. @param mostMs how long whoever reads it is waited for */
  drained(clock: Pick<Clock, 'after'>, mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isGone || this.#stream.writableLength === 0) {
        resolve();
        return;
      }
      const giveUp = clock.after(mostMs, resolve);
      // Called in its turn, after all that waits before it.
      this.#stream.write('', () => {
        giveUp();
        resolve();
      });
    });
  }

  /** Lines of one turn go out together: each write costs a call of the system. */
  #put(line: string): void {
    if (this.#stream.writableCorked === 0) {
      this.#stream.cork();
      queueMicrotask(() => this.#stream.uncork());
    }
    this.#stream.write(`${line}\n`);
  }
}

/** A terminal that is held (Ctrl-S) would hold up the whole process: by default Node writes to one without going on. */
export function neverBlocking(stream: Writable): Writable {
  const { _handle: handle } = stream as { _handle?: { setBlocking?: (blocks: boolean) => void } };
  handle?.setBlocking?.(false);
  return stream;
}
