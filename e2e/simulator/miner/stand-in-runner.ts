import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import type { Clock } from '../../../src-main/clock/clock';
import type { AnswerOf, ComputeRunner, RunnerStatus } from '../../../src-main/compute/compute-runner';
import { AppError } from '../../../src-shared/errors';
import type { ComputeOutcome, Job, JobTime, TaskJob } from '../../../src-shared/ipc/compute';
import { MerkleCommitment } from '../../../src-shared/matrix-mult/commitment';
import { encodeProof } from '../../../src-shared/matrix-mult/proof';

/** How a job goes: how long it takes, ms, and whether it fails. */
export type JobCourse = { readonly tookMs: number; readonly fails: boolean };

/** Answers tasks as the compute page does, with commitments to matrices that nobody multiplied; in virtual time. */
export class StandInRunner implements ComputeRunner {
  status: RunnerStatus = { state: 'ready', adapter: null, error: null, progress: 0 };
  readonly #clock: Clock;
  readonly #course: () => JobCourse;
  readonly #listeners = new Set<() => void>();

  /** @param course of the next job */
  constructor(clock: Clock, course: () => JobCourse) {
    this.#clock = clock;
    this.#course = course;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setPace(): void {}

  letRest(): void {}

  lookForAdapter(): void {}

  async run<J extends Job>(
    job: J,
    signal: AbortSignal,
    onTook: (took: JobTime) => void,
  ): Promise<AnswerOf<J>> {
    if (job.kind !== 'task') throw new AppError('compute_failed', 'A stand-in does tasks alone.');
    const { tookMs, fails } = this.#course();
    this.#set('busy');
    try {
      await this.#wait(tookMs, signal);
      onTook({ elapsedMs: tookMs, busyMs: tookMs });
      if (fails)
        throw new AppError('compute_failed', 'The stand-in fails, as it was told.', { remedy: 'run_doctor' });
      return outcomeOf(job) as AnswerOf<J>; // a task's answer, as it is one
    } finally {
      this.#set('ready');
    }
  }

  #wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancelled = () => {
        callOff();
        reject(new AppError('compute_cancelled', 'The task was given up.'));
      };
      const callOff = this.#clock.after(ms, () => {
        signal.removeEventListener('abort', cancelled);
        resolve();
      });
      if (signal.aborted) cancelled();
      else signal.addEventListener('abort', cancelled, { once: true });
    });
  }

  #set(state: RunnerStatus['state']): void {
    this.status = { ...this.status, state };
    for (const listener of this.#listeners) listener();
  }
}

/** The same result for the same task, whoever computes it, as it is with true ones. */
function outcomeOf({ shape, operands, blockHeight, openedRows }: TaskJob): ComputeOutcome {
  const { rows, columns } = shape;
  const { seed } = operands;
  const commitment = new MerkleCommitment(columns, seed, rows);
  for (let row = 0; row < rows; row += 1)
    commitment.addRowDigest(sha256(concatBytes(seed, Uint8Array.of(row & 0xff))));
  const header = { opened: openedRows, matrixSize: rows, blockHeight };
  return {
    kind: 'task',
    resultHash: bytesToHex(commitment.root),
    proof: encodeProof(commitment, seed, header),
    product: null,
    engine: 'cpu',
    timings: { generateMs: 1, multiplyMs: 1, commitMs: 1, selfCheckMs: 1 },
  };
}
