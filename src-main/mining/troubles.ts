import { familyOf } from '../../src-shared/error-codes';
import { AppError, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import type { TaskRecord } from '../submissions/task-record';

/** Whatever keeps results from being kept or sent at present, noted in one place whoever meets it. */
export class Troubles {
  readonly #onChange: () => void;
  #storage: ErrorReport | null = null;
  #submission: ErrorReport | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Why the journal can't be written, or null. */
  get storage(): ErrorReport | null {
    return this.#storage;
  }

  /** Why results do not get through, or null. */
  get submission(): ErrorReport | null {
    return this.#submission;
  }

  /** Notes what went wrong. */
  note(error: unknown): void {
    const report = toErrorReport(error);
    if (isOfStorage(report)) this.#storage = report;
    else this.#submission = report;
    this.#onChange();
  }

  /** Notes how a submission went; one that waits its turn says nothing yet. */
  noteSubmitted({ state, reason }: TaskRecord): void {
    if (state === 'computed' && reason === null) return;
    if (reason !== null) {
      this.note(new AppError(reason.code, reason.message, reason));
      return;
    }
    this.#storage = null;
    this.#submission = null;
    this.#onChange();
  }

  /** The journal was written: whatever kept it from being so is over. */
  storageWorks(): void {
    if (this.#storage === null) return;
    this.#storage = null;
    this.#onChange();
  }

  /** Another node: what the one before refused says nothing of it. */
  forget(): void {
    this.#storage = null;
    this.#submission = null;
    this.#onChange();
  }

  /** Does a piece of work; what it throws is noted, and null comes back. */
  attempt<T>(work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      this.note(error);
      return null;
    }
  }
}

function isOfStorage({ code }: ErrorReport): boolean {
  return familyOf(code) === 'storage';
}
