/** An invariant that does not hold. */
export class Broken extends Error {
  readonly invariant: string;

  /** @param invariant its name @param detail what was seen instead */
  constructor(invariant: string, detail: string) {
    super(`${invariant}: ${detail}`);
    this.invariant = invariant;
  }
}

/** Tells of one. */
export type Fail = (invariant: string, detail: string) => void;
