import { z } from 'zod';
import { MATRIX_SIZE_LIMIT } from './limits';

/** What a person can set; every field has a default, so an older file stays readable. */
export const settingsSchema = z.object({
  language: z.enum(['system', 'ru', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  engine: z.enum(['auto', 'webgpu', 'cpu']),
  matrixSize: z.number().int().min(1).max(MATRIX_SIZE_LIMIT),
  /** How many tasks of each block are computed, each for its fee. */
  tasksPerBlock: z.number().int().min(1).max(16),
  /** Share of the time that the engines compute, percent. */
  dutyPercent: z.number().int().min(5).max(100),
  /** `balanced`: slices so short that the desktop stays fluent; `full`: longer ones, for a machine nobody sits at. */
  slices: z.enum(['balanced', 'full']),
  /** Most processor threads; null for one a core. */
  cpuThreads: z.number().int().min(1).max(16).nullable(),
  /** Most fees an hour, units as a decimal string; null for no ceiling. */
  feeCeilingUnits: z
    .string()
    .regex(/^[1-9]\d{0,39}$/)
    .nullable(),
  /** Null means the development network built into the app. */
  nodeUrl: z.string().max(2048).nullable(),
  /** The `http:` address of another machine that the person agreed to use all the same. */
  insecureNodeUrl: z.string().max(2048).nullable(),
  closeToTray: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;
