import { execFile } from 'node:child_process';

// What is asked here answers within a fraction of a second, in some kilobytes.
const TIMEOUT_MS = 1500;
const MOST_BYTES = 1 << 20;

/**
 * What a program prints, in plain English.
 * @returns null where it fails, prints too much or takes too long; `missing` where there is no such program
 */
export function runProgram(program: string, args: readonly string[]): Promise<string | null | 'missing'> {
  const options = {
    timeout: TIMEOUT_MS,
    maxBuffer: MOST_BYTES,
    killSignal: 'SIGKILL',
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C' },
  } as const;
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout) => {
      if (error === null) resolve(stdout);
      else resolve(error.code === 'ENOENT' ? 'missing' : null);
    });
  });
}
