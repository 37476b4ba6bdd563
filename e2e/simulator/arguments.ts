import { parseArgs } from 'node:util';
import { ALL_FAULTS, FAULT_KINDS, type FaultKind } from './faults';

export const USAGE = `Usage: simulate [--blocks N] [--seed S] [--minutes M] [--faults KIND,…] [--tell]

The whole miner against a chain and a network in one process, in virtual time, under faults that the seed decides.
Ends with the hash of everything that happened, and with 1 where an invariant broke.

  --blocks N       blocks under faults, 1 to 10000000 (default 2000)
  --seed S         0 to 4294967295 (default 1)
  --minutes M      ends sooner after so many minutes, 1 to 1440; its hash then depends on the machine
  --faults KIND,…  these kinds alone; none for none (default: all)
  --tell           prints everything that happens

${ALL_FAULTS.map((kind) => `  ${kind.padEnd(15)}${FAULT_KINDS[kind]}`).join('\n')}`;

export type SimulateArguments =
  | {
      readonly kind: 'run';
      readonly blocks: number;
      readonly seed: number;
      readonly minutes: number | null;
      readonly kinds: readonly FaultKind[];
      readonly isTold: boolean;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'error'; readonly message: string };

/** What the command line asks for, or what is wrong with it. */
export function parseSimulateArguments(args: readonly string[]): SimulateArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        blocks: { type: 'string', default: '2000' },
        seed: { type: 'string', default: '1' },
        minutes: { type: 'string' },
        faults: { type: 'string', default: ALL_FAULTS.join() },
        tell: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    return {
      kind: 'run',
      blocks: wholeNumber('--blocks', values.blocks, 1, 10_000_000),
      seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1),
      minutes: values.minutes === undefined ? null : wholeNumber('--minutes', values.minutes, 1, 1440),
      kinds: faultKinds(values.faults),
      isTold: values.tell,
    };
  } catch (error) {
    return { kind: 'error', message: error instanceof Error ? error.message : String(error) };
  }
}

function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`${flag} takes a whole number from ${least} to ${most}, not "${text}"`);
}

function faultKinds(text: string): FaultKind[] {
  if (text === 'none') return [];
  return text.split(',').map((name) => {
    const kind = ALL_FAULTS.find((known) => known === name);
    if (kind === undefined) throw new Error(`--faults knows no "${name}"; it knows ${ALL_FAULTS.join(', ')}`);
    return kind;
  });
}
