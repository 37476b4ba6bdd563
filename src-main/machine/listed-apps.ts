import { plainAppName } from '../../src-shared/pause-rules/app-names';
import { known, type Probe, unknown } from './machine';
import { runProgram } from './run-program';

// A process each time: while nothing computes there is no hurry.
const REST_MS = 10_000;

/** How a system's own program lists what runs. */
type Listing = {
  readonly program: string;
  readonly args: readonly string[];
  readonly name: (line: string) => string;
  readonly everyMs: number;
};

export const WINDOWS_LISTING: Listing = {
  program: 'tasklist.exe',
  args: ['/fo', 'csv', '/nh'],
  // It takes a tenth of a second of the processor's.
  everyMs: 3200,
  name: (line) => /^"([^"]*)"/.exec(line)?.[1] ?? '',
};

export const MAC_LISTING: Listing = {
  program: '/bin/ps',
  args: ['-axco', 'comm='],
  everyMs: 800,
  name: (line) => line,
};

/** What runs, as a program of the system lists it. */
export function listedApps(
  { program, args, name, everyMs }: Listing,
  run: typeof runProgram = runProgram,
): Probe<ReadonlySet<string>> {
  return {
    everyMs,
    restMs: REST_MS,
    read: async () => {
      const printed = await run(program, args);
      if (printed === 'missing') return unknown('no_program');
      if (printed === null) return unknown('failed');
      const names = printed.split('\n').map((line) => plainAppName(name(line.trim())));
      return known(new Set(names.filter((plain) => plain !== '')));
    },
  };
}
