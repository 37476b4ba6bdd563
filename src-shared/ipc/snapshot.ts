import { z } from 'zod';
import { settingsSchema } from '../settings/settings-schema';
import { errorReportSchema } from './error-report';
import { kernelChoiceSchema } from './kernel-choice';
import { engineSchema, taskRowSchema } from './task-row';

export type { Settings } from '../settings/settings';

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

export const pauseReasonSchema = z.enum(['manual', 'suspended']);
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

export const adapterSchema = z.object({
  vendor: z.string(),
  architecture: z.string(),
  device: z.string(),
  description: z.string(),
  /** True for a CPU pretending to be a graphics card (SwiftShader, llvmpipe). */
  software: z.boolean(),
  /** Largest buffer it allows, bytes: bounds the matrix size. */
  maxBufferBytes: z.number(),
  /** Whether its shaders have the packed integer dot product (DP4a), native or emulated. */
  packedDot: z.boolean(),
});
export type AdapterInfo = z.infer<typeof adapterSchema>;

/** Why an engine computes; the ui has a sentence for each. */
export const engineReasonSchema = z.enum([
  'starting',
  'setting_webgpu',
  'setting_cpu',
  'real_adapter',
  'software_adapter',
  'no_adapter',
  /** The adapter failed its self-check three times within an hour. */
  'quarantined',
  /** The adapter has no buffer large enough for this matrix size. */
  'too_large',
  /** No kernel gave the right product at this size. */
  'no_exact_kernel',
]);
export type EngineReason = z.infer<typeof engineReasonSchema>;

/** A result that was wrong, and was not used. */
const selfCheckFailureSchema = z.object({
  atMs: z.number(),
  matrixSize: z.number().int(),
  /** What was wrong: `range`, `product` or `digest`. */
  why: z.string().max(64),
});
export type SelfCheckFailure = z.infer<typeof selfCheckFailureSchema>;

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
    /** The newest transaction of this account that this app did not make: another program has the key. */
    usedElsewhere: z.object({ atMs: z.number(), height: z.number().int(), txHash: z.string() }).nullable(),
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
    engineReason: engineReasonSchema,
    adapter: adapterSchema.nullable(),
    /** The graphics driver as the system names it, or null where it doesn't. */
    driver: z.string().nullable(),
    error: errorReportSchema.nullable(),
    /** The last task that failed on its engine and was done again, since the app started. */
    lastFailure: z.object({ atMs: z.number(), error: errorReportSchema }).nullable(),
    /** The kernels chosen for this adapter so far. */
    kernels: z.array(kernelChoiceSchema),
    /** True while kernels are being timed. */
    measuring: z.boolean(),
    /** Since when the adapter is not used because its results were wrong; null where it is. */
    quarantinedSinceMs: z.number().nullable(),
    /** This adapter's wrong results of the last day, newest first. */
    selfCheckFailures: z.array(selfCheckFailureSchema),
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
