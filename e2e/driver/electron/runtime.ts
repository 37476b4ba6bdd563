import { existsSync } from 'node:fs';

/** The Electron to drive and the switches it needs on this machine, as the test run found them. */
export function runtime(): { executable: string; switches: string[] } {
  const { CPC_ELECTRON: executable, CPC_ELECTRON_SWITCHES: switches } = process.env;
  if (executable === undefined || switches === undefined || !existsSync(executable)) {
    throw new Error('No Electron to test: run `npm run e2e`, which prepares one.');
  }
  return { executable, switches: JSON.parse(switches) as string[] };
}

/** The environment for the app: this process's, with what is undefined left out. */
export function environment(change: Record<string, string | undefined> = {}): Record<string, string> {
  const merged = { ...process.env, ...change };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
