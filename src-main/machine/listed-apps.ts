import { plainAppName } from '../../src-shared/pause-rules/app-names';
import { known, type Probe, unknown } from './machine';
import { runProgram } from './run-program';

/** How a system's own program lists what runs. */
type Listing = {
  readonly program: string;
  readonly args: readonly string[];
  readonly name: (line: string) => string;
};

export const WINDOWS_LISTING: Listing = {
  program: 'tasklist.exe',
  args: ['/fo', 'csv', '/nh'],
  name: (line) => /^"([^"]*)"/.exec(line)?.[1] ?? '',
};

export const MAC_LISTING: Listing = { program: '/bin/ps', args: ['-axco', 'comm='], name: (line) => line };

/** What runs, as a program of the system lists it. */
export function listedApps(
  { program, args, name }: Listing,
  run: typeof runProgram = runProgram,
): Probe<ReadonlySet<string>> {
  return {
    // A process each time, which takes some hundredths of a second.
    everyMs: 10_000,
    read: async () => {
      const printed = await run(program, args);
      if (printed === 'missing') return unknown('no_program');
      if (printed === null) return unknown('failed');
      const names = printed.split('\n').map((line) => plainAppName(name(line.trim())));
      return known(new Set(names.filter((plain) => plain !== '')));
    },
  };
}
