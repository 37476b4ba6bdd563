/** What the crashing worker is started with, as JSON. */
export type JobCrashArguments = {
  readonly folder: string;
  readonly validator: string;
  /** How many jobs its validator has. */
  readonly jobs: number;
  /** The boundary to die at, counted from 1; 0 for none. */
  readonly dieAt: number;
};
