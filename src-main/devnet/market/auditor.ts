import { Buffer } from 'node:buffer';
import { auditJob, type JobVerdict } from '../../../src-shared/jobs/job-audit';
import type { JobPayload } from '../../../src-shared/jobs/payload';
import { Lock } from '../../async/lock';
import type { Clock } from '../../clock/clock';
import type { Answer } from './open-tasks';

/** Multiplications up to which a job is done again: some 15 s on one slow core. */
const MOST_COST = 2 ** 34;

/** How long an audit goes on before whatever else waits in this process has its turn. */
const SLICE_MS = 8;

type Parts = {
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Of so many results one is audited in full. */
  readonly fullAuditOneIn: number;
  /** Whether all results of a worker are to be audited in full. */
  readonly isSuspect: (workerAddress: string) => boolean;
};

/** Audits results one after another, in slices: blocks come in time whatever there is to audit. */
export class Auditor {
  readonly #parts: Parts;
  readonly #lock = new Lock();
  readonly #ended = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws what `stop` ended it by */
  audit(payload: JobPayload, answer: Answer): Promise<JobVerdict> {
    const { random, fullAuditOneIn, isSuspect } = this.#parts;
    const full = random() * fullAuditOneIn < 1 || isSuspect(answer.workerAddress);
    return this.#lock.run(() =>
      this.#inSlices(auditJob(payload, answer, { full, mostCost: MOST_COST, decode })),
    );
  }

  /** Ends what is under way. */
  stop(): void {
    this.#ended.abort();
  }

  async #inSlices<T>(steps: Generator<void, T>): Promise<T> {
    for (;;) {
      this.#ended.signal.throwIfAborted();
      const untilMs = this.#parts.clock.monotonic() + SLICE_MS;
      do {
        const step = steps.next();
        if (step.done) return step.value;
      } while (this.#parts.clock.monotonic() < untilMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** Node's decoder takes any text; the rest of the audit finds out whether it was base64 of the right length. */
function decode(base64: string): Uint8Array {
  return Buffer.from(base64, 'base64');
}
