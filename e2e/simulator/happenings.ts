import { createHash } from 'node:crypto';

// Of a run that broke, its last so many lines are told.
const REMEMBERED = 60;

/** Everything that happens in a run, line by line, as a hash: two runs of one seed come to the same. */
export class Happenings {
  readonly #hash = createHash('sha256');
  readonly #last: string[] = [];
  readonly #atMs: () => number;
  readonly #isTold: boolean;

  /** @param atMs the run's time @param isTold whether each is printed as it comes, for a person who looks into a run */
  constructor(atMs: () => number, isTold: boolean) {
    this.#atMs = atMs;
    this.#isTold = isTold;
  }

  add(what: string): void {
    const line = `${this.#atMs()} ${what}`;
    this.#hash.update(`${line}\n`);
    this.#last.push(line);
    if (this.#last.length > REMEMBERED) this.#last.shift();
    if (this.#isTold) console.log(line);
  }

  /** The newest of them, the last at the end. */
  get last(): readonly string[] {
    return this.#last;
  }

  /** 64 hex characters over all so far. */
  get digest(): string {
    return this.#hash.copy().digest('hex');
  }
}
