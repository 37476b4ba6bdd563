import type { LaneStatus } from '../../src-shared/compute/lane-status';
import { type AppError, toErrorReport } from '../../src-shared/errors';
import { MOST_FAILURES } from '../storage/quarantine';
import type { AdapterRecord } from './adapter-record';

type Parts = {
  readonly now: () => number;
  /** Told in a sentence what failed. */
  readonly log: (message: string) => void;
};

// Failures that are the adapter's, or its driver's, beside wrong results.
const BREAKDOWNS: ReadonlySet<string> = new Set(['gpu_failed', 'compute_failed', 'compute_timeout']);

/** How a lane's results held when they were checked, and what is held against its adapter. */
export class LaneHealth {
  readonly #parts: Parts;
  #passed = 0;
  #failed = 0;
  #lastFailure: LaneStatus['lastFailure'] = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get status(): Pick<LaneStatus, 'lastFailure' | 'selfChecksPassed' | 'selfChecksFailed'> {
    return {
      lastFailure: this.#lastFailure,
      selfChecksPassed: this.#passed,
      selfChecksFailed: this.#failed,
    };
  }

  /** A result passed its self-check. */
  notePassed(): void {
    this.#passed += 1;
  }

  /** @param record the adapter to blame, or null @param matrixSize N of as many operations */
  noteFailure(error: AppError, record: AdapterRecord | null, matrixSize: number): void {
    const { now, log } = this.#parts;
    this.#lastFailure = { atMs: now(), error: toErrorReport(error) };
    log(error.message);
    if (error.code === 'self_check_failed') this.#failed += 1;
    if (record !== null) this.#blame(record, error, matrixSize);
  }

  /** What can't be kept, as on a full disk, must not keep a task from being done. */
  keep(save: () => void): void {
    try {
      save();
    } catch (error) {
      this.#parts.log(String(error));
    }
  }

  /** A wrong result, and a breakdown, count against an adapter; a lack of memory only against the size. */
  #blame(record: AdapterRecord, { code, params }: AppError, matrixSize: number): void {
    const { now, log } = this.#parts;
    if (code === 'invalid_matrix_size' || params.why === 'memory') {
      record.tooLarge(matrixSize);
      return;
    }
    const wrong = code === 'self_check_failed';
    if (!wrong && !BREAKDOWNS.has(code)) return;
    const failure = { atMs: now(), matrixSize, why: wrong ? String(params.why) : 'failed' };
    this.keep(() => {
      if (record.addFailure(failure))
        log(`The graphics adapter failed ${MOST_FAILURES} times within an hour: it is not used any more.`);
    });
  }
}
