import { MAX_MATRIX_SIZE } from '../matrix-mult/matrix-size';

/** What bounds a validator's jobs (poc-protocol.md, "Limits"). */
export const JOB_LIMITS = {
  matrixSize: MAX_MATRIX_SIZE,
  iterations: 1024,
  /** Largest frame, unless set otherwise, and the most that can be set; MiB. */
  frameMiB: { default: 1, most: 64 },
  /** A `job_id` is the validator's own; longer ones than this are no names. */
  jobIdCharacters: 256,
} as const;
