/** What the crashing program is started with, as JSON. */
export type CrashArguments = {
  readonly folder: string;
  readonly nodeUrl: string;
  /** The boundary to die at, counted from 1; 0 for none. */
  readonly dieAt: number;
  /** Unix milliseconds. */
  readonly nowMs: number;
};
