import { z } from 'zod';
import { JOB_LIMITS } from './limits';

/** CPC as the market writes it, such as `10.0`; more than nothing. */
const reward = z
  .string()
  .max(32)
  .regex(/^(?=.*[1-9])\d{1,12}(?:\.\d{1,18})?$/);

/** A synthetic task to be offered on a market (poc-protocol.md, "Task market"). */
export const newTaskSchema = z.object({
  matrixSize: z.number().int().min(1).max(JOB_LIMITS.matrixSize),
  iterations: z.number().int().min(1).max(JOB_LIMITS.iterations),
  reward,
});
export type NewTask = z.infer<typeof newTaskSchema>;
