import { z } from 'zod';
import { errorReportSchema } from '../ipc/error-report';
import { minerStateSchema } from '../mining/miner-state';
import { pauseRulesSliceSchema } from '../pause-rules/rule-status';
import { settingsSchema } from '../settings/settings-schema';
import { appSliceSchema } from './app';
import { balanceSliceSchema } from './balance';
import { computeSliceSchema, progressSliceSchema } from './compute';
import { faucetSliceSchema } from './faucet';
import { jobsSliceSchema } from './jobs';
import { keySliceSchema } from './key';
import { nodeSliceSchema } from './node';
import { tasksSliceSchema } from './tasks';
import { updatesSliceSchema } from './updates';

/** What main tells the screens, a slice a topic: each is recomputed and pushed by itself. */
export const STATE = {
  app: appSliceSchema,
  settings: settingsSchema,
  key: keySliceSchema,
  node: nodeSliceSchema,
  balance: balanceSliceSchema,
  faucet: faucetSliceSchema,
  compute: computeSliceSchema,
  progress: progressSliceSchema,
  miner: minerStateSchema,
  pauseRules: pauseRulesSliceSchema,
  tasks: tasksSliceSchema,
  jobs: jobsSliceSchema,
  updates: updatesSliceSchema,
  /** That rows of the database were damaged, and set aside, since the app started. */
  damage: errorReportSchema.nullable(),
} as const;

export type Topic = keyof typeof STATE;
export const TOPICS = Object.keys(STATE) as readonly Topic[]; // its own keys

/** All slices. */
export const appStateSchema = z.object(STATE);
export type AppState = z.infer<typeof appStateSchema>;

/** Slices as of a revision; each push has a higher one than the last. */
export type StatePush = { readonly revision: number; readonly changed: Partial<AppState> };
export const statePushSchema = z.object({
  revision: z.number().int(),
  changed: appStateSchema.partial(),
  // Zod lets a slice that is left out be there as undefined; main never makes one, and the store would show it.
}) as unknown as z.ZodType<StatePush>;

/** Every slice at once, for a window that opens. */
export const fullStateSchema = z.object({ revision: z.number().int(), state: appStateSchema });
export type FullState = z.infer<typeof fullStateSchema>;
