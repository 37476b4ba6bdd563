import { z } from 'zod';
import { errorReportSchema } from './error-report';
import { MATRIX_SIZE_LIMIT } from './limits';
import { engineSchema, taskRowSchema } from './task-row';

/** What a person can set; every field has a default, so an older file stays readable. */
export const settingsSchema = z.object({
  language: z.enum(['system', 'ru', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  engine: z.enum(['auto', 'webgpu', 'cpu']),
  matrixSize: z.number().int().min(1).max(MATRIX_SIZE_LIMIT),
  /** Null means the development network built into the app. */
  nodeUrl: z.string().max(2048).nullable(),
  /** The `http:` address of another machine that the person agreed to use all the same. */
  insecureNodeUrl: z.string().max(2048).nullable(),
  closeToTray: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The stage that keeps the miner from mining. */
export const stageSchema = z.enum([
  'keychain',
  'key',
  'node',
  'chain',
  'balance',
  'gpu',
  'validator',
  'storage',
]);
export type Stage = z.infer<typeof stageSchema>;

export const pauseReasonSchema = z.enum(['manual', 'screen_locked', 'suspended']);
export type PauseReason = z.infer<typeof pauseReasonSchema>;

/** The miner's state: never `mining` unless a result was accepted a short while ago. */
export const minerStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('idle'), sinceMs: z.number() }),
  z.object({ kind: z.literal('starting'), sinceMs: z.number() }),
  z.object({ kind: z.literal('mining'), sinceMs: z.number(), lastAcceptedAtMs: z.number() }),
  z.object({
    kind: z.literal('paused'),
    sinceMs: z.number(),
    reasons: z.array(z.object({ reason: pauseReasonSchema, untilMs: z.number().nullable() })),
  }),
  z.object({
    kind: z.literal('blocked'),
    sinceMs: z.number(),
    stage: stageSchema,
    error: errorReportSchema,
    retryAtMs: z.number().nullable(),
  }),
]);
export type MinerState = z.infer<typeof minerStateSchema>;

/** How one kernel variant did on the adapter when it was chosen. */
const kernelMeasurementSchema = z.object({
  name: z.string().max(64),
  /** Whether its product was the processor's, bit for bit. */
  exact: z.boolean(),
  /** Integer multiply-adds counted as two operations, 10⁹ a second. */
  gops: z.number(),
});
export type KernelMeasurement = z.infer<typeof kernelMeasurementSchema>;

export const adapterSchema = z.object({
  vendor: z.string(),
  architecture: z.string(),
  device: z.string(),
  description: z.string(),
  /** True for a CPU pretending to be a graphics card (SwiftShader, llvmpipe). */
  software: z.boolean(),
  /** The variant in use and what it was chosen from; null before the choice. */
  kernel: z
    .object({ name: z.string().max(64), measured: z.array(kernelMeasurementSchema).max(16) })
    .nullable(),
});
export type AdapterInfo = z.infer<typeof adapterSchema>;

/** All the ui knows. Times are ms since the epoch, amounts decimal strings of minimal units. */
export const snapshotSchema = z.object({
  revision: z.number().int(),
  appVersion: z.string(),
  runtime: z.string(),
  locale: z.enum(['ru', 'en']),
  settings: settingsSchema,
  trayAvailable: z.boolean(),
  key: z.object({
    state: z.enum(['loading', 'none', 'ready', 'missing', 'unavailable']),
    address: z.string().nullable(),
    storedIn: z.enum(['keychain', 'file']).nullable(),
    error: errorReportSchema.nullable(),
  }),
  node: z.object({
    url: z.string().nullable(),
    builtIn: z.boolean(),
    state: z.enum(['connecting', 'online', 'offline']),
    networkName: z.string().nullable(),
    chainId: z.string().nullable(),
    height: z.number().int().nullable(),
    tipHash: z.string().nullable(),
    /** True once the tip passed every check on this machine. */
    tipVerified: z.boolean(),
    tipTimestampMs: z.number().nullable(),
    /** By this machine's clock. */
    nextBlockAtMs: z.number().nullable(),
    blockTimeMs: z.number().nullable(),
    /** Machine clock minus chain clock; null until known. */
    clockSkewMs: z.number().nullable(),
    error: errorReportSchema.nullable(),
  }),
  balance: z.object({
    units: z.string().nullable(),
    resultFeeUnits: z.string().nullable(),
    /** How many more results the balance pays for, a decimal string. */
    paysForResults: z.string().nullable(),
  }),
  faucet: z.object({
    available: z.boolean(),
    state: z.enum(['idle', 'sending', 'confirming', 'confirmed', 'failed']),
    amountUnits: z.string().nullable(),
    txHash: z.string().nullable(),
    error: errorReportSchema.nullable(),
  }),
  compute: z.object({
    state: z.enum(['starting', 'ready', 'busy', 'failed']),
    engine: engineSchema.nullable(),
    engineReason: z.string(),
    adapter: adapterSchema.nullable(),
    error: errorReportSchema.nullable(),
    taskId: z.string().nullable(),
    /** Share of the task in hand that is done, 0…1. */
    progress: z.number(),
    /** Integer multiply-adds counted as two operations, a second, last task, product only. */
    lastGops: z.number().nullable(),
    selfChecksPassed: z.number().int(),
    selfChecksFailed: z.number().int(),
  }),
  miner: minerStateSchema,
  /** Since local midnight. */
  today: z.object({ computed: z.number().int(), accepted: z.number().int(), proved: z.number().int() }),
  /** The newest tasks, newest first. */
  recentTasks: z.array(taskRowSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
