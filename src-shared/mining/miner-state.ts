import { z } from 'zod';
import { errorReportSchema } from '../ipc/error-report';
import { pauseSchema } from './pause';

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

/** The miner's state: never `mining` unless a result was accepted a short while ago. Times are ms since the epoch. */
export const minerStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('idle'), sinceMs: z.number() }),
  z.object({ kind: z.literal('starting'), sinceMs: z.number() }),
  z.object({ kind: z.literal('mining'), sinceMs: z.number(), lastAcceptedAtMs: z.number() }),
  /** Nothing new is begun: it is off once what is in hand is done. */
  z.object({ kind: z.literal('finishing'), sinceMs: z.number() }),
  z.object({ kind: z.literal('paused'), sinceMs: z.number(), reasons: z.array(pauseSchema) }),
  z.object({
    kind: z.literal('blocked'),
    sinceMs: z.number(),
    stage: stageSchema,
    error: errorReportSchema,
    retryAtMs: z.number().nullable(),
  }),
]);
export type MinerState = z.infer<typeof minerStateSchema>;
