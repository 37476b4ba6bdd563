/** N of a task unless the settings say otherwise. */
export const DEFAULT_SIZE = 1024;
/** Where threads pay off, whatever starting them costs. */
export const THREADS_SIZE = 2048;
export const LARGE_SIZE = 4096;
/** Where everything that multiplies on the adapter is compared. */
export const COMPARED_SIZE = 512;
/** Rows that a sampled audit opens. */
export const OPENED_ROWS = 8;
