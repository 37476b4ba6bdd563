import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { bytesToHex } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';

export const TASK_USAGE = `Usage: task create [options] | task show TASK_ID | task list [options]

  --market URL            the task market (default http://127.0.0.1:8080)

create: a synthetic task, or one with random matrices where one of --rows, --inner, --columns is given
  --size N                matrix size (default 64)
  --seed HEX              64 hex characters (default: random)
  --iterations N          (default 1)
  --rows N --inner N --columns N
                          sizes of the matrices (default 64 each)
  --output                have the product sent back
  --commitment merkle|flat
  --reward CPC            (default 10.0)
  --deadline SECONDS      from now (default 3600)
  --wait [--timeout SECONDS]
                          until it is completed or has failed, 600 s at most unless told

list:
  --status pending|in_progress|completed|failed
  --challenge-type synthetic|matrix_mult
  --limit N --offset N`;

const DEFAULT_MARKET = 'http://127.0.0.1:8080';
const LARGEST = 2 ** 31 - 1;
const MOST_SIZE = 16384;

export type TaskCommand = { readonly market: string } & (
  | {
      readonly kind: 'create';
      readonly payload: Readonly<Record<string, unknown>>;
      readonly reward: string;
      /** From now, s. */
      readonly deadlineSeconds: number;
      /** How long to wait for its end, s; null not at all. */
      readonly waitSeconds: number | null;
    }
  | { readonly kind: 'show'; readonly taskId: string }
  | { readonly kind: 'list'; readonly query: URLSearchParams }
);

type Values = Readonly<Record<string, string | boolean | undefined>>;

const COMMON = ['market', 'help'];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  create: [
    ...['size', 'seed', 'iterations', 'rows', 'inner', 'columns', 'output', 'commitment'],
    ...['reward', 'deadline', 'wait', 'timeout'],
  ],
  show: [],
  list: ['status', 'challenge-type', 'limit', 'offset'],
};

/** What the command line asks for; null where it asks how it is used. @throws Error saying what is wrong with it */
export function parseTaskArguments(args: readonly string[]): TaskCommand | null {
  const parsed = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...Object.fromEntries(
        ['market', ...Object.values(ALLOWED).flat()].map((name) => [name, { type: 'string' as const }]),
      ),
      output: { type: 'boolean' },
      wait: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const { positionals } = parsed;
  const values: Values = parsed.values;
  if (values.help) return null;
  const [kind = '', taskId, ...more] = positionals;
  const allowed = ALLOWED[kind];
  if (allowed === undefined) throw new Error(`what to do is create, show or list, not "${kind}"`);
  const other = Object.keys(values).find((name) => !allowed.includes(name) && !COMMON.includes(name));
  if (other !== undefined) throw new Error(`--${other} means nothing to ${kind}`);
  const market = marketUrl(String(values.market ?? DEFAULT_MARKET));
  if (kind === 'show') {
    if (taskId === undefined || more.length > 0) throw new Error('show wants one task id');
    return { market, kind, taskId };
  }
  if (taskId !== undefined) throw new Error(`"${taskId}" means nothing to ${kind}`);
  return kind === 'list' ? { market, kind, query: queryOf(values) } : { market, ...creation(values) };
}

function creation(values: Values): Omit<Extract<TaskCommand, { kind: 'create' }>, 'market'> {
  const { commitment, reward = '10.0' } = values;
  if (values.timeout !== undefined && !values.wait) throw new Error('--timeout goes with --wait');
  const isGiven = ['rows', 'inner', 'columns'].some((name) => values[name] !== undefined);
  const payload = isGiven ? givenPayload(values) : syntheticPayload(values);
  return {
    kind: 'create',
    payload: { ...payload, ...(commitment !== undefined && { commitment }) },
    reward: String(reward),
    deadlineSeconds: wholeNumber(values, 'deadline', 3600, 1, LARGEST),
    waitSeconds: values.wait ? wholeNumber(values, 'timeout', 600, 1, LARGEST / 1000) : null,
  };
}

function syntheticPayload(values: Values): Record<string, unknown> {
  if (values.output) throw new Error('--output goes with --rows, --inner or --columns');
  return {
    challenge_type: 'synthetic',
    seed: values.seed ?? bytesToHex(randomBytes(32)),
    matrix_size: wholeNumber(values, 'size', 64, 1, MOST_SIZE),
    iterations: wholeNumber(values, 'iterations', 1, 1, 1024),
  };
}

function givenPayload(values: Values): Record<string, unknown> {
  const other = ['size', 'seed', 'iterations'].find((name) => values[name] !== undefined);
  if (other !== undefined) throw new Error(`--${other} does not go with --rows, --inner or --columns`);
  const [rows, inner, columns] = (['rows', 'inner', 'columns'] as const).map((name) =>
    wholeNumber(values, name, 64, 1, MOST_SIZE),
  ) as [number, number, number]; // as many as names
  return {
    challenge_type: 'matrix_mult',
    rows,
    inner,
    columns,
    a: base64.encode(randomBytes(rows * inner)),
    b: base64.encode(randomBytes(inner * columns)),
    return_output: values.output === true,
  };
}

/** As it is: the market says what it does not take. */
function queryOf(values: Values): URLSearchParams {
  const given = ['status', 'challenge-type', 'limit', 'offset'].filter((name) => values[name] !== undefined);
  return new URLSearchParams(
    Object.fromEntries(given.map((name) => [name.replace('-', '_'), String(values[name])])),
  );
}

function wholeNumber(
  values: Values,
  name: string,
  otherwise: number,
  minimum: number,
  maximum: number,
): number {
  const text = String(values[name] ?? otherwise);
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  throw new Error(`--${name} wants a whole number from ${minimum} to ${Math.floor(maximum)}, not "${text}"`);
}

function marketUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new Error(`--market wants a URL such as ${DEFAULT_MARKET}, not "${text}"`);
  return url.href.replace(/\/+$/, '');
}
