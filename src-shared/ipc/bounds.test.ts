import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fromComputeSchema } from './compute';
import { CONTRACT } from './contract';
import { paramsSchema } from './error-report';

type Json = z.core.JSONSchema.JSONSchema;
type Bounds = Record<string, number>;

/**
 * The most that each field of a schema takes: characters of a text, entries of a list, or a number's value where that is
 * bounded at all. A text or list without an end takes `Infinity`.
 */
function boundsOf(schema: z.ZodType): Bounds {
  const found: Bounds = {};
  const look = (path: string, json: Json): void => {
    for (const other of [...(json.anyOf ?? []), ...(json.oneOf ?? [])]) look(path, other as Json);
    // One of so many words.
    if (json.enum !== undefined || json.const !== undefined) return;
    const most = mostOf(json);
    if (most !== undefined) found[path] = Math.max(found[path] ?? 0, most);
    const inner = {
      ...Object.fromEntries(
        Object.entries(json.properties ?? {}).map(([name, field]) => [`.${name}`, field]),
      ),
      '[]': json.items,
      '.*': json.additionalProperties,
      '.NAME': json.propertyNames,
    };
    for (const [part, field] of Object.entries(inner))
      if (typeof field === 'object') look(`${path}${part}`.replace(/^\./, ''), field as Json);
  };
  look('', z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }));
  return found;
}

function mostOf({ type, pattern, maxLength, maxItems, maximum }: Json): number | undefined {
  if (type === 'string') return maxLength ?? lengthOf(pattern) ?? Number.POSITIVE_INFINITY;
  if (type === 'array') return maxItems ?? Number.POSITIVE_INFINITY;
  return type === 'number' || type === 'integer' ? maximum : undefined;
}

/** The characters that a pattern takes where it counts one kind of them from its first to its last. */
function lengthOf(pattern: string | undefined): number | undefined {
  const [, first = '', most] =
    /^\^(\[1-9\])?(?:\[[^\]]+\]|\\d)\{(?:\d,)?(\d+)\}\$$/.exec(pattern ?? '') ?? [];
  return most === undefined ? undefined : Number(most) + (first === '' ? 0 : 1);
}

const SETTINGS = {
  matrixSize: 16384,
  tasksPerBlock: 16,
  dutyPercent: 100,
  cpuThreads: 16,
  pauseIdleMinutes: 120,
  pauseApps: 50,
  'pauseApps[]': 64,
  pauseSchedule: 14,
  'pauseSchedule[].days': 7,
  'pauseSchedule[].days[]': 7,
  'pauseSchedule[].fromMinute': 1439,
  'pauseSchedule[].toMinute': 1439,
  pauseHotC: 110,
  pauseCoolC: 109,
  pauseHotMinutes: 60,
  feeCeilingUnits: 40,
  nodeUrl: 2048,
  insecureNodeUrl: 2048,
  validatorUrl: 2048,
  jobQueueLimit: 10_000,
  jobTimeLimitSeconds: 600,
  jobFrameLimitMiB: 64,
  metricsPort: 65_535,
};
const ORDER = { orderId: 64, from: 128, chainId: 64, feeUnits: 40, to: 128, amountUnits: 40 };
const ERROR = { code: 64, message: 4000, remedy: 64, 'params.*': 4000, 'params.NAME': 64 };

/** What a page may send with each request; those that are not here take nothing that has a length. */
const REQUESTS: Record<string, Bounds> = {
  'app:copySecret': { text: 4096 },
  'app:copyText': { text: 4096 },
  'settings:update': SETTINGS,
  'node:test': { url: 2048 },
  'key:create': { name: 40 },
  'key:replace': { lost: 128 },
  'key:import': { privateKey: 2048, name: 40 },
  'key:restore': { backup: 4096, passphrase: 1024, name: 40 },
  'key:backUp': { address: 128, passphrase: 1024 },
  'key:checkBackup': { address: 128, backup: 4096, passphrase: 1024 },
  'key:checkWritten': { address: 128, privateKey: 2048 },
  'key:reveal': { address: 128 },
  'key:importFile': { name: 255 },
  'key:rename': { address: 128, name: 40 },
  'key:use': { address: 128 },
  'key:forget': { address: 128 },
  'wallet:account': { address: 128 },
  'wallet:review': { from: 128, to: 2048, amount: 2048, taskId: 2048, resultHash: 2048 },
  'wallet:send': { ...ORDER, taskId: 64, resultHash: 64 },
  'validator:keepToken': { validator: 2048, token: 2048 },
  'validator:forgetToken': { validator: 2048 },
  'market:create': { matrixSize: 16384, iterations: 1024, reward: 32 },
  'graphics:measure': { lane: 64 },
  'graphics:release': { lane: 64 },
  'tasks:list': { states: 12, search: 2048, offset: 10_000_000, limit: 500 },
  'tasks:trail': { taskId: 64 },
  'tasks:saveReceipt': { taskId: 64 },
  'tasks:export': { states: 12, search: 2048 },
  'history:results': { days: 366 },
  'blocks:lookup': { value: 2048 },
  'results:audit': { height: Number.MAX_SAFE_INTEGER, txHash: 64 },
  'doctor:examine': { checks: 15 },
  'doctor:save': {
    findings: 15,
    'findings[].params.*': 4000,
    'findings[].params.NAME': 64,
    ...within('findings[].error', ERROR),
  },
  'log:read': { levels: 3, search: 2048 },
  'request:cancel': { requestId: 64 },
};

const FROM_COMPUTE: Bounds = {
  'adapter.vendor': 512,
  'adapter.architecture': 512,
  'adapter.device': 512,
  'adapter.description': 512,
  ...within('adapterError', ERROR),
  runId: Number.MAX_SAFE_INTEGER,
  done: 1,
  'took.elapsedMs': 604_800_000,
  'took.busyMs': 604_800_000,
  'result.value.resultHash': 64,
  'result.value.proof': 1_048_576,
  'result.value.measured': 16,
  'result.value.digests': 256,
  ...within('result.error', ERROR),
};

function within(path: string, bounds: Bounds): Bounds {
  return Object.fromEntries(Object.entries(bounds).map(([name, most]) => [`${path}.${name}`, most]));
}

describe('what a page may send', () => {
  it.each(Object.entries(CONTRACT))(
    'with %s is so much in each field, and no more',
    (channel, { request }) => {
      expect(boundsOf(request)).toEqual(REQUESTS[channel] ?? {});
    },
  );

  it('with an error is 32 values', () => {
    const values = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}`, n]));
    expect(paramsSchema.safeParse(values(32)).success).toBe(true);
    expect(paramsSchema.safeParse(values(33)).success).toBe(false);
  });
});

it('what a compute page may answer is so much in each field, and no more', () => {
  expect(boundsOf(fromComputeSchema)).toEqual(FROM_COMPUTE);
});
