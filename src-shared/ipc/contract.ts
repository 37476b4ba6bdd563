import { z } from 'zod';
import { DOCTOR_CHECKS, doctorReportSchema } from '../doctor/report';
import { exportFormatSchema } from '../export/task-export';
import { resultsRequestSchema, resultsSchema } from '../history/day-results';
import { seriesRequestSchema, seriesSchema } from '../history/series';
import { newTaskSchema } from '../jobs/market';
import { pausePresetSchema } from '../mining/pause';
import { LONGEST_BACKUP, LONGEST_PASTE } from '../pasted-text';
import { LONGEST_APP_NAME } from '../pause-rules/app-names';
import { LONGEST_ADDRESS } from '../settings/setting';
import { settingsSchema } from '../settings/settings-schema';
import { fullStateSchema, statePushSchema } from '../state/state';
import { accountReportSchema } from '../wallet/activity';
import { LONGEST_KEY_NAME } from '../wallet/key-name';
import { orderRequestSchema, orderSchema, reviewedOrderSchema, sentOrderSchema } from '../wallet/order';
import { LEAST_PASSPHRASE } from '../wallet/passphrase';
import { auditModeSchema, auditReportSchema, blockQuerySchema, blockReportSchema } from './block-report';
import { LOG_LEVELS, logEntrySchema, MOST_LOG_ENTRIES } from './log-entry';
import { taskRowSchema, taskTrailSchema } from './task-row';
import { TASK_STATES } from './task-state';

/** Which renderer may call a channel; each role has one origin. */
export type Role = 'ui' | 'compute';

const nothing = z.undefined();
const done = z.void();

/** Names a request of a window, so that it can be cancelled. */
export const requestIdSchema = z.string().min(1).max(64);

/** Most names of running apps that are told. */
export const MOST_RUNNING = 2000;

const lane = z.object({ lane: z.string().max(64) });

const validatorAddress = z.string().min(1).max(LONGEST_ADDRESS);

const passphrase = z.string().min(1).max(1024);

const newPassphrase = passphrase.min(LEAST_PASSPHRASE);

const backup = z.string().max(LONGEST_BACKUP);

const keyName = z.string().max(LONGEST_KEY_NAME);

const ownAddress = z.string().min(1).max(128);

const taskChoiceSchema = z.object({
  states: z.array(z.enum(TASK_STATES)).max(TASK_STATES.length).nullable(),
  /** Part of a task id, block height, transaction hash or result hash; empty for all. */
  search: z.string().max(LONGEST_PASTE),
});

const taskQuerySchema = taskChoiceSchema.extend({
  offset: z.number().int().min(0).max(10_000_000),
  limit: z.number().int().min(1).max(500),
});
export type TaskQuery = z.infer<typeof taskQuerySchema>;

/**
 * Every request a renderer may make: channel → who may call, what it sends, what it gets.
 * Answers travel as `{ok: true, value} | {ok: false, error}`.
 */
export const CONTRACT = {
  'state:get': { role: 'ui', request: nothing, response: fullStateSchema },
  /** Copies what nobody else should read: it is taken off the clipboard again after a minute. */
  'app:copySecret': { role: 'ui', request: z.object({ text: z.string().max(4096) }), response: done },
  'app:copyText': { role: 'ui', request: z.object({ text: z.string().max(4096) }), response: done },
  /** The window shows the task that a link asked for. */
  'app:linkOpened': { role: 'ui', request: nothing, response: done },
  /** The licences of what is in the app, as they are handed out with it. */
  'app:licences': { role: 'ui', request: nothing, response: z.object({ text: z.string() }) },
  'app:quit': { role: 'ui', request: nothing, response: done },
  'app:zoom': { role: 'ui', request: z.object({ zoom: z.enum(['in', 'out', 'reset']) }), response: done },
  'updates:look': { role: 'ui', request: nothing, response: done },
  'updates:download': { role: 'ui', request: nothing, response: done },
  'updates:install': { role: 'ui', request: nothing, response: done },
  'updates:postpone': { role: 'ui', request: nothing, response: done },
  'settings:update': { role: 'ui', request: settingsSchema.partial(), response: done },
  'node:test': {
    role: 'ui',
    request: z.object({ url: z.string().max(2048) }),
    response: z.object({
      url: z.string(),
      network: z.string(),
      chainId: z.string(),
      height: z.number().int(),
      clockSkewMs: z.number().nullable(),
      /** How many blocks behind its chain's head the node is. */
      behind: z.number().int().min(0),
    }),
  },
  'node:acceptChain': { role: 'ui', request: nothing, response: done },
  'key:create': {
    role: 'ui',
    request: z.object({ name: keyName }),
    response: z.object({ address: z.string() }),
  },
  'key:replace': {
    role: 'ui',
    request: z.object({ lost: z.string().max(128).nullable() }),
    response: z.object({ address: z.string() }),
  },
  'key:import': {
    role: 'ui',
    request: z.object({ privateKey: z.string().max(LONGEST_PASTE), name: keyName }),
    response: z.object({ address: z.string() }),
  },
  'key:restore': {
    role: 'ui',
    request: z.object({ backup, passphrase, name: keyName }),
    response: z.object({ address: z.string() }),
  },
  'key:backUp': {
    role: 'ui',
    request: z.object({ address: ownAddress, passphrase: newPassphrase }),
    /** Where it was kept; null where the person thought better of it. */
    response: z.object({ path: z.string().nullable() }),
  },
  /** Opens a backup, to see that it is one of a key. */
  'key:checkBackup': {
    role: 'ui',
    request: z.object({ address: ownAddress, backup, passphrase }),
    response: done,
  },
  /** Takes a private key that was written down, to see that it is of an address. */
  'key:checkWritten': {
    role: 'ui',
    request: z.object({ address: ownAddress, privateKey: z.string().max(LONGEST_PASTE) }),
    response: done,
  },
  /** The one answer that a private key comes in, where the person asks to see it. */
  'key:reveal': {
    role: 'ui',
    request: z.object({ address: ownAddress }),
    response: z.object({ privateKey: z.string() }),
  },
  /** Key files of the chain's command line on this machine. */
  'key:findFiles': {
    role: 'ui',
    request: nothing,
    response: z.object({
      folder: z.string(),
      files: z.array(z.object({ name: z.string(), address: z.string() })),
    }),
  },
  'key:importFile': {
    role: 'ui',
    request: z.object({ name: z.string().min(1).max(255) }),
    response: z.object({ address: z.string() }),
  },
  'key:rename': { role: 'ui', request: z.object({ address: ownAddress, name: keyName }), response: done },
  'key:use': { role: 'ui', request: z.object({ address: ownAddress }), response: done },
  'key:forget': { role: 'ui', request: z.object({ address: ownAddress }), response: done },
  'wallet:account': {
    role: 'ui',
    request: z.object({ address: ownAddress }),
    response: accountReportSchema,
  },
  'wallet:review': { role: 'ui', request: orderRequestSchema, response: reviewedOrderSchema },
  'wallet:send': { role: 'ui', request: orderSchema, response: sentOrderSchema },
  'validator:keepToken': {
    role: 'ui',
    request: z.object({ validator: validatorAddress, token: z.string().max(LONGEST_PASTE) }),
    response: done,
  },
  'validator:forgetToken': {
    role: 'ui',
    request: z.object({ validator: validatorAddress }),
    response: done,
  },
  /** Offers a task on the market of the built-in development network. */
  'market:create': {
    role: 'ui',
    request: newTaskSchema,
    response: z.object({ taskId: z.string() }),
  },
  'miner:start': { role: 'ui', request: nothing, response: done },
  'miner:stop': { role: 'ui', request: nothing, response: done },
  'miner:finish': { role: 'ui', request: nothing, response: done },
  'miner:pause': {
    role: 'ui',
    request: z.object({ preset: pausePresetSchema }),
    response: done,
  },
  'miner:resume': { role: 'ui', request: nothing, response: done },
  'miner:retry': { role: 'ui', request: nothing, response: done },
  /** Names of what runs now, to choose from; null where the machine does not tell. */
  'machine:apps': {
    role: 'ui',
    request: nothing,
    response: z.object({ names: z.array(z.string().max(LONGEST_APP_NAME)).max(MOST_RUNNING).nullable() }),
  },
  /** What the sensors say now; null where there is none. */
  'machine:sensors': {
    role: 'ui',
    request: nothing,
    response: z.object({ temperatureC: z.number().nullable(), powerW: z.number().nullable() }),
  },
  'graphics:measure': { role: 'ui', request: lane, response: done },
  'graphics:release': { role: 'ui', request: lane, response: done },
  'faucet:topUp': { role: 'ui', request: nothing, response: done },
  'devnet:restart': { role: 'ui', request: nothing, response: done },
  'tasks:list': {
    role: 'ui',
    request: taskQuerySchema,
    response: z.object({ total: z.number().int(), tasks: z.array(taskRowSchema) }),
  },
  'tasks:trail': { role: 'ui', request: z.object({ taskId: z.string().max(64) }), response: taskTrailSchema },
  'tasks:saveReceipt': {
    role: 'ui',
    request: z.object({ taskId: z.string().max(64) }),
    /** Where it was kept; null where the person thought better of it. */
    response: z.object({ path: z.string().nullable() }),
  },
  /** Writes the tasks of a choice, all of them, to a file. */
  'tasks:export': {
    role: 'ui',
    request: taskChoiceSchema.extend({ format: exportFormatSchema }),
    /** Where it was kept, and how many tasks it holds; null where the person thought better of it. */
    response: z.object({ path: z.string().nullable(), count: z.number().int().min(0) }),
  },
  /** What the miner did over the last hour, day or month. */
  'history:series': { role: 'ui', request: seriesRequestSchema, response: seriesSchema },
  /** Results of the last days. */
  'history:results': { role: 'ui', request: resultsRequestSchema, response: resultsSchema },
  'blocks:lookup': { role: 'ui', request: blockQuerySchema, response: blockReportSchema },
  'results:audit': {
    role: 'ui',
    request: z.object({ height: z.number().int().min(0), txHash: z.string().max(64), mode: auditModeSchema }),
    response: auditReportSchema,
  },
  /** Looks at what mining needs: at these things, or at everything. */
  'doctor:examine': {
    role: 'ui',
    request: z.object({ checks: z.array(z.enum(DOCTOR_CHECKS)).max(DOCTOR_CHECKS.length).nullable() }),
    response: doctorReportSchema,
  },
  'doctor:save': {
    role: 'ui',
    request: doctorReportSchema,
    response: z.object({ path: z.string().nullable() }),
  },
  /** The newest entries of the app's log that fit, newest first. */
  'log:read': {
    role: 'ui',
    request: z.object({
      levels: z.array(z.enum(LOG_LEVELS)).max(LOG_LEVELS.length),
      search: z.string().max(LONGEST_PASTE),
    }),
    response: z.object({ file: z.string(), entries: z.array(logEntrySchema).max(MOST_LOG_ENTRIES) }),
  },
  'log:save': { role: 'ui', request: nothing, response: z.object({ path: z.string().nullable() }) },
  /** Ends a request of the same window that is under way, by the id it was made with; unknown ids are ignored. */
  'request:cancel': { role: 'ui', request: z.object({ requestId: requestIdSchema }), response: done },
} as const satisfies Record<string, { role: Role; request: z.ZodType; response: z.ZodType }>;

export type Channel = keyof typeof CONTRACT;
export type Request<C extends Channel> = z.infer<(typeof CONTRACT)[C]['request']>;
export type Response<C extends Channel> = z.infer<(typeof CONTRACT)[C]['response']>;

/** Every message that main pushes to a renderer: channel → who gets it, what it carries. */
export const PUSHES = {
  'state:changed': { role: 'ui', payload: statePushSchema },
} as const satisfies Record<string, { role: Role; payload: z.ZodType }>;

export type PushChannel = keyof typeof PUSHES;
export type Push<C extends PushChannel> = z.infer<(typeof PUSHES)[C]['payload']>;
