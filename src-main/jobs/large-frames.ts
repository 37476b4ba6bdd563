import { toErrorReport } from '../../src-shared/errors';
import type { Clock } from '../clock/clock';
import type { FrameReader, LargeJob } from './frame-reader';
import type { Refusal } from './job-commits';
import type { JobStore } from './job-store';
import type { MatricesFolder } from './matrices-folder';
import type { Frame, Job } from './read-job';

type Parts = {
  readonly store: Pick<JobStore, 'find'>;
  readonly matrices: MatricesFolder;
  readonly frameReader: FrameReader;
  readonly validator: string;
  readonly clock: Pick<Clock, 'after'>;
  /** Why a job that is not known can't be kept now; null where it can. */
  readonly refusal: () => Refusal | null;
  /** What is said where there is no more room for matrices. */
  readonly busy: Refusal;
  /** A frame that was read, its matrices in a file where it may be kept. */
  readonly onFrame: (frame: Frame) => void;
  readonly onError: (error: unknown) => void;
};

// Of matrices of jobs that wait, on the disk.
const MOST_MATRICES_BYTES = 1 << 30;
// A validator that is left waits no longer for an answer to what was being read.
const LEAVING_MS = 500;

/**
 * The large frames of one validator on their way in: read elsewhere than in this thread, and the matrices of what may be
 * kept written into a file, before the job is decided on like any other.
 */
export class LargeFrames {
  readonly #parts: Parts;
  readonly #reading = new Set<Promise<void>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether any is still on its way. */
  get isReading(): boolean {
    return this.#reading.size > 0;
  }

  /** @param frameBytes an answer's most @returns what is settled once it is read @throws Error where it can't be */
  take(bytes: Uint8Array, frameBytes: number): Promise<void> {
    const reading = this.#take(bytes, frameBytes).finally(() => this.#reading.delete(reading));
    this.#reading.add(reading);
    return reading;
  }

  /** Resolves once all are read, or after half a second. */
  async settled(): Promise<void> {
    let callOff = () => {};
    const late = new Promise<void>((resolve) => {
      callOff = this.#parts.clock.after(LEAVING_MS, resolve);
    });
    await Promise.race([Promise.allSettled(this.#reading), late]);
    callOff();
  }

  async #take(bytes: Uint8Array, frameBytes: number): Promise<void> {
    const { frameReader, onFrame } = this.#parts;
    const frame = await frameReader.read(bytes, frameBytes);
    onFrame(frame.kind === 'large_job' ? await this.#filed(frame) : frame);
  }

  /** A job with its matrices in a file, where it may be kept: whatever else is said to it needs none. */
  async #filed({ job, matrices }: LargeJob): Promise<Frame> {
    const { store, validator, matrices: folder, refusal, busy, onError } = this.#parts;
    const withFile = (file: string | null): Frame => {
      return { kind: 'job', job: { ...job, payload: { ...job.payload, file } } };
    };
    const refused = (why: Refusal): Frame => ({ kind: 'refused', jobId: job.jobId, ...why });
    try {
      const known = store.find(validator, job.jobId);
      if (known !== null && known.state !== 'refused') return withFile(null);
      const why = refusal() ?? (folder.bytes > MOST_MATRICES_BYTES ? busy : null);
      return why === null ? withFile(await folder.write(matrices)) : refused(why);
    } catch (error) {
      onError(error);
      return refused({ code: 'failed', message: toErrorReport(error).message });
    }
  }
}

/** Whether a job's matrices are nowhere: it was known when it was read, and is not any more. */
export function lacksMatrices({ payload }: Pick<Job, 'payload'>): boolean {
  return 'file' in payload && payload.file === null;
}
