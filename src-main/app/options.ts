import { parseArgs } from 'node:util';
import { AppError } from '../../src-shared/errors';
import { MATRIX_SIZE_LIMIT } from '../../src-shared/ipc/limits';
import { parseNodeUrl } from '../chain/node-url';

/** What the command line asks for. */
export type AppOptions = {
  /** No window, no tray: events on stdout. */
  readonly headless: boolean;
  /** One JSON object per event instead of a sentence. */
  readonly json: boolean;
  /** Create a key, top up and start without asking; on the development network only. */
  readonly auto: boolean;
  /** Use the node of `--node` even over `http:` to another machine. */
  readonly insecureNode: boolean;
  /** Null: what the settings say, the built-in development network at first. */
  readonly nodeUrl: string | null;
  /** Folder for everything the app keeps; null for the system's usual place. */
  readonly profile: string | null;
  /** End with exit code 0 once so many tasks are proved. */
  readonly tasks: number | null;
  readonly matrixSize: number | null;
  readonly engine: 'auto' | 'webgpu' | 'cpu' | null;
  /** Let Chromium's software rasteriser stand in for a graphics card. */
  readonly softwareGpu: boolean;
  /** Seconds between blocks of the built-in development network. */
  readonly blockTimeSeconds: number | null;
  /** Start with the window closed to the tray. */
  readonly hidden: boolean;
  readonly help: boolean;
};

export const HELP = `ComputeChain Miner

  --headless            no window: run the miner and report on standard output
  --json                one JSON object per event (with --headless)
  --node URL            use this node instead of the built-in development network
  --insecure-node       allow --node to be http:// to another machine
  --profile DIR         keep everything in this folder
  --tasks N             end once N tasks are proved
  --matrix-size N       1…${MATRIX_SIZE_LIMIT} (default 1024)
  --engine NAME         auto, webgpu or cpu (default auto)
  --software-gpu        let a software rasteriser stand in for a graphics card
  --block-time SECONDS  block time of the built-in development network (default 5)
  --hidden              start with the window closed
  --auto                on a development network: create a key, top up and start without asking
  --help                this text
`;

const SPEC = {
  headless: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  auto: { type: 'boolean', default: false },
  node: { type: 'string' },
  'insecure-node': { type: 'boolean', default: false },
  profile: { type: 'string' },
  tasks: { type: 'string' },
  'matrix-size': { type: 'string' },
  engine: { type: 'string' },
  'software-gpu': { type: 'boolean', default: false },
  'block-time': { type: 'string' },
  hidden: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Switches that are Chromium's or Electron's business, not ours. */
const FOREIGN =
  /^--(?:inspect|remote-debugging|no-sandbox|use-|enable-|disable-|ignore-|ozone|force-|lang\b|user-data-dir|log-level|original-process-start-time|allow-|js-flags)/;

/**
 * Reads the arguments after the executable and the app folder.
 * @throws AppError `invalid_argument` naming the option and what it takes
 */
export function parseOptions(args: readonly string[]): AppOptions {
  const own = args.filter((argument) => !FOREIGN.test(argument));
  const { values } = readArguments(own);
  const engine = values.engine ?? null;
  if (engine !== null && engine !== 'auto' && engine !== 'webgpu' && engine !== 'cpu') {
    throw invalid(`--engine takes auto, webgpu or cpu, not "${engine}".`);
  }
  return {
    headless: values.headless,
    json: values.json,
    auto: values.auto,
    nodeUrl: values.node === undefined ? null : parseNodeUrl(values.node).url,
    insecureNode: values['insecure-node'],
    profile: values.profile ?? null,
    tasks: integer('--tasks', values.tasks, 1, 1_000_000),
    matrixSize: matrixSize(values['matrix-size']),
    engine,
    softwareGpu: values['software-gpu'],
    blockTimeSeconds: integer('--block-time', values['block-time'], 1, 3600),
    hidden: values.hidden,
    help: values.help,
  };
}

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options: SPEC, strict: true, allowPositionals: false });
  } catch (error) {
    throw invalid(`${error instanceof Error ? error.message : String(error)} (--help lists the options)`);
  }
}

function matrixSize(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= MATRIX_SIZE_LIMIT) return value;
  throw new AppError(
    'invalid_matrix_size',
    `--matrix-size takes a whole number from 1 to ${MATRIX_SIZE_LIMIT}, not "${text}".`,
    { remedy: 'fix_input', params: { value: text, limit: MATRIX_SIZE_LIMIT } },
  );
}

function integer(name: string, text: string | undefined, least: number, most: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw invalid(`${name} takes a whole number from ${least} to ${most}, not "${text}".`);
}

function invalid(message: string): AppError {
  return new AppError('invalid_argument', message, { remedy: 'fix_input' });
}
