import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FAULTS, type Fault, faultsSchema } from './market/faults';
import type { MarketOptions } from './market/market';

export const USAGE = `Usage: devnet [--port 8000] [--block-time SECONDS] [--market-port PORT] [--data DIR | --ephemeral]

A ComputeChain L1 of one validator, on this machine only, and a task market with its workers' entrance.

  --port PORT           0 for any free port (default 8000)
  --market-port PORT    where the task market is, 0 for any free port (default: there is none)
  --block-time SECONDS  whole seconds (default: that of the stored chain, or 5)
  --data DIR            where the chain is kept (default: the user's data folder)
  --ephemeral           keep nothing`;

export type CliArguments =
  | {
      readonly kind: 'run';
      readonly port: number;
      readonly blockTimeSeconds: number | undefined;
      readonly market: MarketOptions | undefined;
      readonly dataFolder: string | null;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'error'; readonly message: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** What the command line asks for, or what is wrong with it. */
export function parseCliArguments(
  args: readonly string[],
  environment: Environment,
  platform: string,
): CliArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'market-port': { type: 'string' },
        'market-faults': { type: 'string' },
        'block-time': { type: 'string' },
        data: { type: 'string' },
        ephemeral: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) return { kind: 'help' };
    if (values.ephemeral && values.data !== undefined)
      throw new Error('--data and --ephemeral exclude each other');
    if (values.data === '') throw new Error('--data wants a folder');
    const blockTime = values['block-time'];
    const marketPort = values['market-port'];
    return {
      kind: 'run',
      port: wholeNumber('--port', values.port ?? '8000', 0, 65535),
      blockTimeSeconds: blockTime === undefined ? undefined : wholeNumber('--block-time', blockTime, 1, 3600),
      market:
        marketPort === undefined
          ? undefined
          : {
              port: wholeNumber('--market-port', marketPort, 0, 65535),
              faults: faultsOf(values['market-faults']),
            },
      dataFolder: values.ephemeral ? null : resolve(values.data ?? defaultDataFolder(environment, platform)),
    };
  } catch (error) {
    return { kind: 'error', message: error instanceof Error ? error.message : String(error) };
  }
}

/** For trying out workers, and not in the usage: what the validator does wrong from the beginning. */
function faultsOf(text: string | undefined): Fault[] {
  const names = text?.split(',') ?? [];
  const read = faultsSchema.safeParse({ faults: names });
  if (read.success) return read.data.faults;
  throw new Error(`--market-faults wants some of ${FAULTS.join(',')}, not "${text}"`);
}

/** Where each system keeps a user's application data. */
export function defaultDataFolder(environment: Environment, platform: string): string {
  const home = homedir();
  const name = join('computechain-miner', 'devnet');
  if (platform === 'win32') return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), name);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', name);
  return join(environment.XDG_DATA_HOME || join(home, '.local', 'share'), name);
}

function wholeNumber(option: string, text: string, minimum: number, maximum: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  throw new Error(`${option} wants a whole number from ${minimum} to ${maximum}, not "${text}"`);
}
