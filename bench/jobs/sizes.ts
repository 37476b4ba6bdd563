/** N of the jobs by the hundred. */
export const SMALL_SIZE = 64;
/** Rows, inner and columns of the jobs with matrices of their own. */
export const GIVEN_SIZE = 512;
/** Jobs that wait while memory is measured. */
export const JOBS_QUEUED = 10_000;
